import headless from "@xterm/headless";
import { expect, test } from "vitest";
import { createPrompt } from "../../../components/console/prompt";
import { eventually } from "../../support/api-client";

/** A prompt in a terminal of 20 columns, with what the terminal shows. */
function inTerminal(cols = 20) {
  const terminal = new headless.Terminal({ cols, rows: 8, allowProposedApi: true, convertEol: true });
  let interrupts = 0;
  const prompt = createPrompt(terminal, () => {
    interrupts += 1;
  });
  const lines = () =>
    Array.from({ length: terminal.buffer.active.length }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? "");
  const screen = () => lines().join("\n").trimEnd();
  const cursor = () => [terminal.buffer.active.cursorX, terminal.buffer.active.baseY + terminal.buffer.active.cursorY];
  return {
    ...{ terminal, prompt, cursor, interrupts: () => interrupts },
    shows: async (wanted: string) => eventually(async () => screen() === wanted).catch(() => expect(screen()).toBe(wanted)),
    stands: async (wanted: number[]) =>
      eventually(async () => String(cursor()) === String(wanted)).catch(() => expect(cursor()).toEqual(wanted)),
  };
}

test("a line is drawn as it is edited, over several rows and with wide characters", async () => {
  const { prompt, shows, stands } = inTerminal();
  const answer = prompt.ask({ question: "> ", history: [] });
  prompt.take("日本語 and more words");
  await shows("> 日本語 and more wo\nrds");
  await stands([3, 1]);
  prompt.take("\x01\x1b[C");
  await stands([4, 0]);
  prompt.take("\x1b[3~".repeat(2));
  await shows("> 日 and more words");
  prompt.take("\r");
  expect(await answer).toBe("日 and more words");
});

test("a row that is just full has the cursor on the next, and is not drawn twice", async () => {
  const { prompt, shows, stands } = inTerminal();
  void prompt.ask({ question: "> ", history: [] });
  prompt.take("123456789012345678");
  await stands([0, 1]);
  prompt.take("9");
  await shows("> 123456789012345678\n9");
  prompt.take("\x7f\x7f");
  await shows("> 12345678901234567");
  await stands([19, 0]);
});

test("what a command wrote stays above, also where it left its last line open", async () => {
  const { terminal, prompt, shows } = inTerminal();
  terminal.write("before");
  const answer = prompt.ask({ question: "> ", history: ["older"] });
  prompt.take("new\x1b[A");
  await shows("before\n> older");
  prompt.take("\x1b[B\r");
  expect(await answer).toBe("new");
});

test("Ctrl-C begins the line anew, leaves only where that is meant, and is heard at once while no line is asked for", async () => {
  const { prompt, shows, interrupts } = inTerminal();
  const answer = prompt.ask({ question: "> ", history: [], canLeave: true });
  prompt.take("wrong\x03");
  await shows("> wrong^C\n>");
  prompt.take("\x03");
  expect(await answer).toBeNull();
  prompt.take("typed ahead\x03later");
  expect(interrupts()).toBe(1);
  const next = prompt.ask({ question: "> ", history: [] });
  prompt.take("\r");
  expect(await next).toBe("later");
});

test("Tab completes what is certain and lists the rest", async () => {
  const { prompt, shows } = inTerminal();
  const words = ["use", "usage"];
  const complete = async (text: string) => ({ from: 0, candidates: words.filter((word) => word.startsWith(text)) });
  const answer = prompt.ask({ question: "> ", history: [], complete });
  prompt.take("u\t");
  await shows("> us");
  prompt.take("\t");
  await shows("> us\nuse  usage\n> us");
  prompt.take("a\tmore\r");
  expect(await answer).toBe("usage more");
});

test("a text longer than the screen is drawn around the cursor, and given whole", async () => {
  const { terminal, prompt, shows } = inTerminal();
  const answer = prompt.ask({ question: "> ", history: [] });
  const long = "x".repeat(5_000);
  prompt.take(`\x1b[200~${long}\nend\x1b[201~`);
  await shows(`> …${"x".repeat(17)}\n${"x".repeat(9)}↵end`);
  expect(terminal.buffer.active.baseY).toBe(0);
  prompt.take("\r");
  expect(await answer).toBe(`${long}\nend`);
});

test("names that hosts gave their models only show, listed or completed", async () => {
  const { prompt, shows } = inTerminal(60);
  const answer = prompt.ask({
    question: "> ",
    history: [],
    complete: async (text) => ({
      from: 4,
      candidates: ["x/a\u001b[2Jb", "x/\u001b]0;title\u0007c"].filter((one) => one.startsWith(text.slice(4))),
    }),
  });
  prompt.take("use x/\t");
  await shows("> use x/\nx/a[2Jb  x/]0;titlec\n> use x/");
  prompt.take("a\t\r");
  expect(await answer).toBe("use x/a[2Jb ");
});

test("a line that is being written is drawn once, as wide as the window has become", async () => {
  const { terminal, prompt, shows } = inTerminal(20);
  terminal.write("above\r\n");
  const answer = prompt.ask({ question: "> ", history: [] });
  prompt.take("one two three four five six");
  await shows("above\n> one two three four\n five six");
  terminal.resize(40, 8);
  prompt.redraw();
  await shows("above\n> one two three four five six");
  terminal.resize(12, 8);
  prompt.redraw();
  await shows("above\n> one two th\nree four fiv\ne six");
  prompt.take(" more\r");
  expect(await answer).toBe("one two three four five six more");
});

test("Ctrl-R looks for older lines as it is written, again for one older still; Enter runs what is found, Escape goes back", async () => {
  const { prompt, shows } = inTerminal(40);
  const history = ["ask two", "usage", "ask one", "ask one"];
  const answer = prompt.ask({ question: "> ", history });
  prompt.take("draft\x12ask");
  await shows("history: ask → ask two");
  prompt.take("\x12");
  await shows("history: ask → ask one");
  // There is no other line with these words.
  prompt.take("\x12");
  await shows("history: ask → ask one");
  prompt.take("x");
  await shows("history, not found: askx → draft");
  prompt.take("\x7f");
  await shows("history: ask → ask two");
  prompt.take("\x1b");
  await shows("> draft");
  prompt.take("\x12us\x05d");
  await shows("> usaged");
  prompt.take("\x12ask t\r");
  expect(await answer).toBe("ask two");
});
