import { describe, expect, test } from "vitest";
import { commands } from "../../../cli/commands";
import { clear } from "../../../cli/console/commands/clear";
import { use } from "../../../cli/console/commands/use";
import { complete } from "../../../cli/console/complete";
import { parseLine } from "../../../cli/console/parse-line";
import { splitWords } from "../../../cli/console/split-words";
import { sharedCommands } from "../../../cli/shared-commands";

const table = [...sharedCommands, use({ get: () => undefined, set: () => {} }), clear(() => {})];

function parse(line: string) {
  const parsed = parseLine(table, line);
  return parsed && { name: parsed.command.name, args: parsed.args, options: parsed.options };
}

test("the console has every command that is marked as of everywhere, and no other of the shell", () => {
  expect(sharedCommands.map(({ name }) => name)).toEqual(commands.filter(({ where }) => where === "everywhere").map(({ name }) => name));
});

test("a group alone is its list", () => {
  expect(parse("runs")).toEqual({ name: "runs list", args: [], options: {} });
});

test("quotes hold words together only where they begin one and are closed", () => {
  const texts = (line: string) => splitWords(line).map(({ text }) => text);
  expect(texts(`ask "two words" 'it is "so"' --system="be brief"`)).toEqual(["ask", "two words", 'it is "so"', "--system=be brief"]);
  expect(texts(`what's "open and 5" screws`)).toEqual(["what's", "open and 5", "screws"]);
  expect(texts(`say "a \\"b\\" \\\\" 'unclosed`)).toEqual(["say", 'a "b" \\', "'unclosed"]);
});

describe("a line", () => {
  test("is a command with options and a question, which keeps its own lines and dashes", () => {
    expect(parse("ask -m ollama/a --max-tokens=5 What's  this:\n  git log --oneline -n 3")).toEqual({
      name: "ask",
      args: ["What's  this:\n  git log --oneline -n 3"],
      options: { model: "ollama/a", maxTokens: 5 },
    });
  });

  test("may have an option after the question, and none after two dashes", () => {
    expect(parse("ask why --json not")).toEqual({ name: "ask", args: ["why not"], options: { json: true } });
    expect(parse("ask -- --json")).toEqual({ name: "ask", args: ["--json"], options: {} });
  });

  test("may begin with hearth, as it is written in the shell", () => {
    expect(parse("hearth keys create ci --scope chat --scope models")).toEqual({
      name: "keys create",
      args: ["ci"],
      options: { scope: ["chat", "models"] },
    });
  });

  test("of nothing is nothing", () => expect(parse("  ")).toBeNull());

  test.each([
    ["ask -t warm", /warm is not a number from 0 to 2/],
    ["ask -f notes.md why", /no option -f/],
    ["ask why --server x -m", /-m needs a value/],
    ["keys create ci --scope everything", /everything is none of chat/],
    ["keys create", /needs <name>/],
    ["runs sow", /runs list, runs show, runs follow, runs stop/],
    ["usage --buy day", /no option --buy/],
    ["models all", /does not take all/],
    ["serve", /no command serve here/],
  ])("%s is refused with a reason", (line, reason) => {
    expect(() => parse(line)).toThrow(reason);
  });
});

describe("Tab", () => {
  const ids = { models: ["ollama/a", "ollama/b", "auto"], runs: ["0199-b", "0199-a"] };
  const candidates = async (text: string) => (await complete(table, text, async (of) => ids[of])).candidates;

  test.each([
    ["us", ["usage", "use"]],
    ["runs s", ["show", "stop"]],
    ["use ollama/", ["ollama/a", "ollama/b"]],
    ["ask -m au", ["auto"]],
    ["usage --by mo", ["model"]],
    ["ask --te", ["--temperature", "--temporary"]],
    ["ask --fi", []],
    ["ask what mo", []],
    ["nothing ", []],
  ])("completes %j", async (text, wanted) => expect(await candidates(text)).toEqual(wanted));

  test("completes runs where one is meant", async () => {
    for (const verb of ["follow", "show", "stop", "approve", "reject"])
      expect(await candidates(`runs ${verb} 01`)).toEqual(["0199-a", "0199-b"]);
    expect(await candidates("runs approve 0199-a 01")).toEqual([]);
  });

  test("asks for the models only where one is meant", async () => {
    const refused = () => Promise.reject(new Error("asked"));
    expect((await complete(table, "ask mo", refused)).candidates).toEqual([]);
    await expect(complete(table, "use mo", refused)).rejects.toThrow("asked");
  });
});
