import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Command } from "../../../cli/command";
import { commands } from "../../../cli/commands";
import { exitCodes } from "../../../cli/exit-codes";
import { groups } from "../../../cli/groups";
import { program } from "../../../cli/program";
import { fakeIo } from "../../support/fake-io";

/** What the parser runs for a line. */
async function parse(...line: string[]) {
  let ran: { name: string; args: string[]; options: Record<string, unknown> } | undefined;
  const io = fakeIo();
  const parser = program(commands, io, async ({ name }, args, options) => {
    ran = { name, args, options };
  });
  await parser.parseAsync(line, { from: "user" });
  return ran;
}

describe("the table of commands", () => {
  test("each command is in a file of its name", () => {
    const files = readdirSync("cli/commands").map((name) => name.replace(/\.ts$/, ""));
    for (const { name } of commands) expect(files).toContain(name.replace(" ", "-"));
  });

  test("names are unique, and what commands of two words begin with is described", () => {
    const names = commands.map(({ name }: Command) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) if (name.includes(" ")) expect(Object.keys(groups)).toContain(name.split(" ")[0]);
  });

  test("no two exit codes are the same", () => {
    const codes = Object.values(exitCodes).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe("a command line", () => {
  test("is words and options, in any order", async () => {
    expect(await parse("ask", "-f", "a", "two", "--file", "b", "words", "-t", "0.5", "--json")).toEqual({
      name: "ask",
      args: ["two", "words"],
      options: { file: ["a", "b"], temperature: 0.5, json: true },
    });
  });

  test("of two words finds its command", async () => {
    expect(await parse("keys", "create", "ci", "--scope", "chat", "--scope", "models")).toEqual({
      name: "keys create",
      args: ["ci"],
      options: { scope: ["chat", "models"] },
    });
  });

  test("of a group alone lists what there is", async () => {
    expect(await parse("runs")).toEqual({ name: "runs list", args: [], options: {} });
    expect(await parse("keys", "--all")).toMatchObject({ name: "keys list", options: { all: true } });
    await expect(parse("runs", "sow")).rejects.toThrow(/too many arguments/);
  });

  test.each([
    [["ask", "-t", "warm"], /warm is not a number from 0 to 2/],
    [["ask", "--max-tokens", "1.5"], /whole number/],
    [["keys", "create", "ci", "--scope", "everything"], /everything is none of chat/],
    [["keys", "create"], /missing required argument/],
    [["usage", "--buy", "day"], /unknown option/],
  ])("%j is refused with a reason", async (line, reason) => {
    await expect(parse(...line)).rejects.toThrow(reason);
  });
});
