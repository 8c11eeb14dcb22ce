import { expect, test } from "vitest";
import type { Api } from "../../../cli/api/api";
import { CliError } from "../../../cli/cli-error";
import { runsApprove } from "../../../cli/commands/runs-approve";
import { runsReject } from "../../../cli/commands/runs-reject";
import type { SignIns } from "../../../cli/sign-in/sign-ins";
import { fakeIo } from "../../support/fake-io";

const signIns: SignIns = { lastServer: async () => undefined, find: async () => undefined, update: async () => undefined };
const refused = async () => {
  throw new CliError("failure", "Not asked for here");
};

/** An API that answers each decision with a run of that id, and keeps what it was sent. */
function decidingApi(runId: string) {
  const sent: unknown[] = [];
  const post: Api["post"] = async <T>(path: string, body?: unknown) => {
    sent.push([path, body]);
    return { id: runId } as T;
  };
  return { sent, api: { server: "http://hearth", get: refused, getWhole: refused, post, delete: refused, events: refused } satisfies Api };
}

test("an approval names the call, and tells of the run that goes on", async () => {
  const { api, sent } = decidingApi("next");
  const io = fakeIo();
  await runsApprove.run({ args: ["run/1", "call"], options: {}, io, api, signIns });
  expect(sent).toEqual([["/api/v1/runs/run%2F1/approvals", { toolCallId: "call", decision: "approve" }]]);
  expect(io.written.out).toBe("Approved. See the rest with: hearth runs follow next\n");
});

test("a rejection takes a reason along, and tells when other calls still wait", async () => {
  const { api, sent } = decidingApi("run");
  const io = fakeIo();
  await runsReject.run({ args: ["run", "call"], options: { reason: "Too much" }, io, api, signIns });
  expect(sent).toEqual([["/api/v1/runs/run/approvals", { toolCallId: "call", decision: "reject", reason: "Too much" }]]);
  expect(io.written.out).toBe("Rejected. The reply waits for other approvals.\n");
});
