import type { Terminal } from "@xterm/xterm";
import { expect, test } from "vitest";
import { consoleIo } from "../../../components/console/console-io";

function aConsole(complete: (line: string) => Promise<string[]> = async () => []) {
  const lines: string[] = [];
  let written = "";
  const terminal = {
    cols: 80,
    write: (text: string) => {
      written += text;
    },
  } as unknown as Terminal;
  const history = { read: () => lines, add: (line: string) => lines.push(line) };
  return { ...consoleIo({ terminal, history, complete }), lines, written: () => written };
}

test("what is typed while a word is being completed comes after it", async () => {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const { io, feed } = aConsole(() => promise);
  const line = io.readLine("› ");
  feed("mod\t");
  feed("--json\r");
  resolve(["models"]);
  expect(await line).toBe("models --json");
});

test("Ctrl-C goes to the command that runs, and to nothing once it has ended", () => {
  const { io, feed } = aConsole();
  const told: string[] = [];
  const takeBack = io.onInterrupt((why) => told.push(why));
  feed("\x03");
  expect(told).toEqual(["interrupted"]);
  takeBack();
  feed("\x03");
  expect(told).toEqual(["interrupted"]);
});

test("earlier lines come back, and below them the line that was begun", async () => {
  const { io, feed, lines } = aConsole();
  for (const text of ["one", "two"]) {
    const line = io.readLine("› ");
    feed(`${text}\r`);
    await line;
  }
  expect(lines).toEqual(["one", "two"]);
  const line = io.readLine("› ");
  feed("beg\x1b[A\x1b[A\x1b[A\x1b[B\x1b[B\x1b[Bun\r");
  expect(await line).toBe("begun");
});

test("Ctrl-C leaves a line unsent, Ctrl-D on an empty one ends the input, a paste of lines stays one line", async () => {
  const { io, feed, written } = aConsole();
  const left = io.readLine("› ");
  feed("half\x03");
  expect(await left).toBe("");
  expect(written()).toContain("^C");
  const pasted = io.readLine("› ");
  feed("\x1b[200~a\rb\x1b[201~\r");
  expect(await pasted).toBe("a b");
  const over = io.readLine("› ");
  feed("\x04");
  expect(await over).toBeNull();
});

test("names that hosts gave their models only show when they are listed", async () => {
  const { io, feed, written } = aConsole(async () => ["x/a\x1b]0;title\x07", "x/b"]);
  void io.readLine("› ");
  feed("use x/\t");
  await expect.poll(written).toContain("x/a]0;title  x/b");
});
