import { printable } from "@/cli/output/printable";
import { style } from "@/cli/output/style";
import { edit, emptyLine, insert, type Line } from "./edit-line";
import { type Key, readKeys } from "./line-keys";
import { type LineTerminal, lineView } from "./line-view";
import { beginSearch, lineOf, type Search, searchFor, searchOlder } from "./search-history";
import { walkHistory } from "./walk-history";

export type Asked = {
  question: string;
  /** Lines written before, newest first. */
  history: string[];
  complete?: (text: string) => Promise<{ from: number; candidates: string[] }>;
  /** Whether Ctrl-C on an empty line and Ctrl-D leave, which gives null. */
  canLeave?: boolean;
};

export const clearScreen = "\x1b[2J\x1b[3J\x1b[H";
/** What is typed while a command runs is kept for the next line, up to this many keys. */
const mostAhead = 4_096;
/** Candidates that Tab lists. */
const mostShown = 60;

/** Asks for lines in a terminal. `onInterrupt` is called at Ctrl-C while no line is asked for. */
export function createPrompt(terminal: LineTerminal, onInterrupt: () => void) {
  const view = lineView(terminal);
  const ahead: Key[] = [];
  let line: Line = emptyLine;
  let asked: (Asked & { walk: ReturnType<typeof walkHistory>; answer: (line: string | null) => void }) | null = null;
  let search: Search | null = null;
  let isBusy = false;
  let begun = Promise.resolve();
  const draw = () => view.draw(() => ({ question: search ? questionOf(search) : (asked?.question ?? ""), line }));
  const finish = async (answer: string | null, mark = "") => {
    line = { ...line, at: line.text.length };
    await draw();
    await view.write(`${mark}\r\n`);
    const done = asked?.answer;
    asked = null;
    done?.(answer);
  };
  const recall = (text: string | undefined) => {
    if (text !== undefined) line = { ...line, text, at: text.length };
  };
  const beginAgain = async () => {
    await view.begin();
    await draw();
  };
  const completeWord = async () => {
    if (!asked?.complete) return;
    const { from, candidates: found } = await asked.complete(line.text.slice(0, line.at));
    // Names of models are what their hosts call them.
    const candidates = found.map(printable);
    const [first = ""] = candidates;
    const common = candidates.length === 1 ? `${first} ` : commonStart(candidates);
    const added = common.slice(line.at - from);
    if (added) line = insert(line, added);
    else if (candidates.length > 1) {
      const { at } = line;
      line = { ...line, at: line.text.length };
      await draw();
      await view.write(`\r\n${candidates.slice(0, mostShown).join("  ")}\r\n`);
      line = { ...line, at };
      await beginAgain();
    }
  };
  /** Takes the keys that a search is written with. Any other takes over what was found, and does there what it does. @returns whether it took the key */
  const searchWith = (key: Key): boolean => {
    if (!search || !asked) return false;
    const lines = asked.history;
    if (key.kind === "text") search = searchFor(lines, search, search.query + key.text);
    else if (key.name === "search") search = searchOlder(lines, search);
    else if (key.name === "backspace") search = searchFor(lines, search, search.query.slice(0, -1));
    else {
      if (key.name === "cancel" || key.name === "interrupt") line = search.before;
      search = null;
      return key.name === "cancel" || key.name === "interrupt";
    }
    line = lineOf(lines, search);
    return true;
  };
  const special: Partial<Record<string, () => Promise<void>>> = {
    enter: () => finish(line.text),
    tab: completeWord,
    async interrupt() {
      if (line.text === "" && asked?.canLeave) return finish(null);
      line = { ...line, at: line.text.length };
      await draw();
      await view.write("^C\r\n");
      line = { ...emptyLine, cut: line.cut };
      await beginAgain();
    },
    async clear() {
      await view.write(clearScreen);
      await view.begin();
    },
    async search() {
      if (asked && asked.history.length > 0) search = beginSearch(line);
    },
    async up() {
      recall(asked?.walk.older(line.text));
    },
    async down() {
      recall(asked?.walk.newer(line.text));
    },
  };
  const handle = async (key: Key) => {
    if (searchWith(key)) void draw();
    else if (key.kind === "text") line = insert(line, key.text);
    else if (key.name === "end-of-input" && line.text === "" && asked?.canLeave) return finish(null);
    else if (special[key.name]) await special[key.name]?.();
    else line = edit(line, key.name);
    if (asked) void draw();
  };
  const pump = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (let key = asked ? ahead.shift() : undefined; key; key = asked ? ahead.shift() : undefined) {
        await begun;
        await handle(key);
      }
    } finally {
      isBusy = false;
    }
  };
  return {
    /** Asks for a line. */
    ask: (wanted: Asked) =>
      new Promise<string | null>((resolve) => {
        line = { ...emptyLine, cut: line.cut };
        search = null;
        asked = { ...wanted, walk: walkHistory(wanted.history), answer: resolve };
        begun = beginAgain();
        void pump();
      }),
    /** Takes what the terminal sent. */
    take(data: string) {
      for (const key of readKeys(data)) {
        if (key.kind === "key" && key.name === "interrupt" && !asked) {
          ahead.length = 0;
          onInterrupt();
        } else if (ahead.length < mostAhead) ahead.push(key);
      }
      void pump();
    },
    /** Draws again, as after a change of the size. */
    redraw: () => void (asked && draw()),
  };
}

/** What a search says of itself in the question's place. */
function questionOf({ query, place }: Search): string {
  const fails = query !== "" && place < 0 ? ", not found" : "";
  return `${style(true, "grey", `history${fails}:`)} ${printable(query)} ${style(true, "grey", "→")} `;
}

function commonStart(words: string[]): string {
  const [first = "", ...others] = words;
  let length = first.length;
  for (const word of others) while (!word.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
