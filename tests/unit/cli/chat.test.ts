import { expect, test } from "vitest";
import type { Api, ApiEvent } from "../../../cli/api/api";
import { CliError } from "../../../cli/cli-error";
import { chat } from "../../../cli/commands/chat";
import type { SignIns } from "../../../cli/sign-in/sign-ins";
import { fakeIo } from "../../support/fake-io";

const noSignIns: SignIns = { lastServer: async () => undefined, find: async () => undefined, update: async () => undefined };
const refused = async () => {
  throw new CliError("failure", "Not asked for here");
};

/** An API that answers every message with its own text, and keeps what it was asked. */
function echoApi() {
  const asked: Record<string, unknown>[] = [];
  const events: Api["events"] = async (_path, { body } = {}) => {
    const given = body as Record<string, unknown>;
    asked.push(given);
    const conversationId = given.conversationId ?? `chat ${asked.length}`;
    const chunks = [
      { type: "start", messageMetadata: { conversationId, runId: "run" } },
      { type: "text-delta", id: "t", delta: `You said ${given.message}` },
      { type: "finish", messageMetadata: { status: "complete" } },
    ];
    async function* read(): AsyncGenerator<ApiEvent> {
      for (const [id, chunk] of chunks.entries()) yield { id: String(id), data: JSON.stringify(chunk) };
    }
    return Object.assign(read(), { isDone: true });
  };
  return { asked, api: { server: "http://hearth", get: refused, getWhole: refused, post: refused, delete: refused, events } satisfies Api };
}

test("a handler needs no process: a console gives it lines, and takes what it writes", async () => {
  const { api, asked } = echoApi();
  const io = fakeIo({ lines: ["One", "/model ollama/b", "Two", "/new", "Three", "/exit", "Four"] });
  await chat.run({ args: [], options: {}, io, api, signIns: noSignIns });
  expect(io.written.out).toBe("You said One\nYou said Two\nYou said Three\n");
  expect(asked.map(({ message, conversationId, model }) => [message, conversationId, model])).toEqual([
    ["One", undefined, undefined],
    ["Two", "chat 1", "ollama/b"],
    ["Three", undefined, "ollama/b"],
  ]);
});
