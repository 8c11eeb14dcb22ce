import { describe, expect, test } from "vitest";
import type { Api } from "../../../cli/api/api";
import { commands } from "../../../cli/commands";
import { commonStart, complete } from "../../../cli/console/complete";
import { parseLine, splitWords } from "../../../cli/console/parse-line";
import { runConsole } from "../../../cli/console/run-console";
import { sharedCommands } from "../../../cli/shared-commands";
import { fakeIo } from "../../support/fake-io";

const parsed = (line: string) => {
  const { command, args, options } = parseLine(sharedCommands, line);
  return { name: command.name, args, options };
};

describe("a line of the console", () => {
  test("has quotations where words begin, and apostrophes anywhere", () => {
    expect(splitWords(`ask "two words" 'and more' What's this?`)).toEqual(["ask", "two words", "and more", "What's", "this?"]);
    expect(() => splitWords('ask "never closed')).toThrow(/is not closed/);
  });

  test("means what the command line would have it mean", () => {
    expect(parsed("hearth ask -m a/b --top-p=0.5 Why -- -not an option")).toEqual({
      name: "ask",
      args: ["Why", "-not", "an", "option"],
      options: { model: "a/b", topP: 0.5 },
    });
    expect(parsed("keys create ci --scope chat --scope models --json")).toEqual({
      name: "keys create",
      args: ["ci"],
      options: { scope: ["chat", "models"], json: true },
    });
  });

  test.each([
    ["login", /There is no command login/],
    ["ask --server http://elsewhere hi", /has no option --server/],
    ["ask -t warm hi", /not a number from 0 to 2/],
    ["ask -m", /-m needs a value/],
    ["runs show", /needs <id>/],
  ])("%s is refused", (line, why) => expect(() => parsed(line)).toThrow(why));
});

test("the console has the commands that need no shell, and no others", () => {
  expect(sharedCommands).toEqual(commands.filter(({ where }) => where === "everywhere"));
});

test("commands, their second words, options and models are completed", () => {
  const of = (line: string) => complete(sharedCommands, ["use", "help", "clear"], ["auto", "ollama/one", "ollama/two"], line);
  expect(of("c")).toEqual(["clear", "chat"]);
  expect(of("runs s")).toEqual(["show", "stop"]);
  expect(of("use oll")).toEqual(["ollama/one", "ollama/two"]);
  expect(of("ask -m a")).toEqual(["auto"]);
  expect(of("usage --b")).toEqual(["--by"]);
  expect(of("ask some wor")).toEqual([]);
  expect(commonStart(["ollama/one", "ollama/two"])).toBe("ollama/");
});

test("a model that is chosen is what later questions are asked of, and a failure ends no more than its line", async () => {
  const asked: unknown[] = [];
  const io = fakeIo({ lines: ["use no/such", "use a/model", "nonsense", "ask hi"] });
  const api = {
    server: "http://hearth",
    get: async () => ({ items: [{ id: "a/model" }], nextCursor: null }),
    events: async (_path: string, { body }: { body: unknown }) => {
      asked.push(body);
      throw new Error("enough");
    },
  } as unknown as Api;
  await runConsole({ table: sharedCommands, offered: sharedCommands, io, api, clear: () => {} });
  expect(io.written.err).toMatch(/no model no\/such[\s\S]*no command nonsense[\s\S]*enough/);
  expect(asked).toMatchObject([{ model: "a/model", message: "hi" }]);
});
