import { describe, expect, test } from "vitest";
import type { LogLine } from "@/lib/monitoring/logs/contract";
import type { Api, ApiEvent, EventStream, Query } from "../../../cli/api/api";
import { CliError } from "../../../cli/cli-error";
import { commands } from "../../../cli/commands";
import { logs } from "../../../cli/commands/logs";
import { completionScripts } from "../../../cli/completion/completion-scripts";
import { complete } from "../../../cli/console/complete";
import { consoleProgram } from "../../../cli/console/console-program";
import { lineText } from "../../../cli/logs/line-text";
import { since } from "../../../cli/logs/since";
import type { SignIns } from "../../../cli/sign-in/sign-ins";
import { fakeIo } from "../../support/fake-io";

const line = (text: string, given: Partial<LogLine> = {}): LogLine => ({
  ...{ id: text, at: "2026-07-01T12:00:00.000Z", instanceId: "p", level: 30, text, requestId: null, userId: null, runId: null, rest: {} },
  ...given,
});
const event = (id: string, text?: string): ApiEvent => ({ id, data: JSON.stringify(text ? line(text) : null) });
const noSignIns: SignIns = { lastServer: async () => undefined, find: async () => undefined, update: async () => undefined };

/** What each connection to the stream gives: events before it breaks off, or a refusal. */
function fakeApi(connections: (ApiEvent[] | CliError)[], onLast: () => void = () => {}) {
  const asked: Query[] = [];
  const events = async (_path: string, { query = {} }: { query?: Query } = {}): Promise<EventStream> => {
    asked.push({ ...query });
    const next = connections.shift();
    if (connections.length === 0) onLast();
    if (next instanceof CliError) throw next;
    const read = async function* () {
      yield* next ?? [];
    };
    return Object.assign(read(), { isDone: false });
  };
  const get = async (_path: string, query: Query) => {
    asked.push(query);
    return { items: [line("second"), line("first")], nextCursor: null };
  };
  return { asked, api: { server: "http://hearth", events, get } as unknown as Api };
}

const run = (api: Api, io: ReturnType<typeof fakeIo>, options: object = {}, args: string[] = []) =>
  logs.run({ args, options, io, api, signIns: noSignIns });

describe("hearth logs", () => {
  test("writes what is kept with the newest last, as asked for, and as JSON one object on each line", async () => {
    const { asked, api } = fakeApi([]);
    const io = fakeIo();
    await run(api, io, { level: "warn", request: "r", user: "u" }, ["two", "words"]);
    expect(asked[0]).toMatchObject({ level: "warn", text: "two words", requestId: "r", userId: "u", limit: 50 });
    expect(io.written.out).toMatch(/^\S+Z INFO {2}first\n\S+Z INFO {2}second\n$/);
    const json = fakeIo();
    await run(api, json, { json: true });
    expect(
      json.written.out
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text).text),
    ).toEqual(["first", "second"]);
  });

  test("follows over a connection that breaks off from where it was, says so, and ends as interrupted", async () => {
    const io = fakeIo();
    const unreachable = new CliError("unreachable", "away");
    const { asked, api } = fakeApi([[event("0"), event("1", "one")], unreachable, [event("1"), event("2", "two")], []], () =>
      io.interrupt(),
    );
    await expect(run(api, io, { follow: true, json: true })).rejects.toMatchObject({ exit: "interrupted" });
    expect(asked.map(({ cursor, limit }) => [cursor, limit])).toEqual([
      [undefined, 10],
      ["1", 10],
      ["1", 10],
      ["2", 10],
    ]);
    expect(
      io.written.out
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text).text),
    ).toEqual(["one", "two"]);
    expect(io.written.err).toMatch(/^The connection broke off[\s\S]*Connected again\.\nThe connection broke off/);
  });

  test("who may not read the log, or not any more, is told so and not connected again", async () => {
    const refused = () => new CliError("forbidden", "Only an admin may do this.", { status: 403 });
    for (const connections of [[refused()], [[event("1", "one")], refused()]]) {
      const { asked, api } = fakeApi([...connections, []]);
      await expect(run(api, fakeIo(), { follow: true })).rejects.toMatchObject({ exit: "forbidden" });
      expect(asked).toHaveLength(connections.length);
    }
  });

  test("colours and control characters are for nobody but a terminal's person", () => {
    const bad = line("a\u001b[2Jb\nc", { level: 50, rest: { model: "small one", ms: 3, err: { message: "it broke" }, deep: {} } });
    const esc = "\u001b";
    expect(lineText(bad, false)).toBe('2026-07-01T12:00:00.000Z ERROR a[2Jb c model="small one" ms=3 err="it broke"\n');
    expect(lineText(bad, true)).toContain(`${esc}[31mERROR${esc}[39m a[2Jb c`);
  });

  test("a moment is so long ago or a date, and nothing else", () => {
    expect(Math.abs(Date.parse(since("2h")) - (Date.now() - 7_200_000))).toBeLessThan(5_000);
    expect(since("2026-07-01T12:00:00Z")).toBe("2026-07-01T12:00:00.000Z");
    for (const text of ["", "yesterday", "5", "-3h", "99999999999"]) expect(() => since(text)).toThrow(/is no moment/);
  });

  test("every shell completes it and its options", () => {
    for (const shell of ["bash", "zsh", "fish"] as const) {
      const script = completionScripts[shell](commands);
      for (const word of ["logs", "follow", "since", "level"]) expect(script).toContain(word);
    }
  });
});

describe("logs in the console", () => {
  const consoleOf = (role: string, api = fakeApi([]).api) =>
    consoleProgram({ api, role, chosen: { get: () => undefined, set: () => {} }, clearScreen: () => {} });

  test("is offered to admins and to nobody else", async () => {
    for (const role of ["admin", "user"]) {
      const { offered, run } = consoleOf(role);
      const isOffered = role === "admin";
      expect((await complete(offered, "lo", async () => [])).candidates).toEqual(isOffered ? ["logs"] : []);
      const io = fakeIo();
      await run("help", io);
      expect(/^logs /m.test(io.written.out)).toBe(isOffered);
    }
  });

  test("is refused by the server when another types it", async () => {
    const io = fakeIo();
    await consoleOf("user", fakeApi([new CliError("forbidden", "Only an admin may do this."), []]).api).run("logs -f", io);
    expect(io.written.err).toContain("Only an admin may do this.");
  });

  test("that follows goes back to the prompt with Ctrl-C", async () => {
    const io = fakeIo();
    const { api } = fakeApi([[event("1", "one")], []], () => io.interrupt());
    await consoleOf("admin", api).run("logs -f", io);
    expect(io.written.out).toContain("INFO  one");
    expect(io.written.err).toContain("No longer following the log.");
  });
});
