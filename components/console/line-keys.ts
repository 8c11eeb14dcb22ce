export type KeyName =
  | "enter"
  | "tab"
  | "interrupt"
  | "end-of-input"
  | "clear"
  | "search"
  | "cancel"
  | "up"
  | "down"
  | "left"
  | "right"
  | "word-left"
  | "word-right"
  | "home"
  | "end"
  | "backspace"
  | "delete"
  | "kill-word"
  | "kill-to-start"
  | "kill-to-end"
  | "yank";

export type Key = { kind: "text"; text: string } | { kind: "key"; name: KeyName };

/** What terminals send for keys, and the control characters that shells take for them. */
const names: Record<string, KeyName> = {
  ...{ "\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\b": "backspace", "\x03": "interrupt", "\x04": "end-of-input" },
  ...{ "\x01": "home", "\x05": "end", "\x02": "left", "\x06": "right", "\x10": "up", "\x0e": "down", "\x0c": "clear" },
  ...{ "\x12": "search", "\x07": "cancel", "\x1b": "cancel" },
  ...{ "\x15": "kill-to-start", "\x0b": "kill-to-end", "\x17": "kill-word", "\x19": "yank" },
  ...{ "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left", "\x1b[H": "home", "\x1b[F": "end", "\x1b[3~": "delete" },
  ...{ "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left", "\x1bOH": "home", "\x1bOF": "end" },
  ...{ "\x1b[1;5C": "word-right", "\x1b[1;3C": "word-right", "\x1bf": "word-right", "\x1b[1;5D": "word-left", "\x1b[1;3D": "word-left" },
  ...{ "\x1bb": "word-left", "\x1b\x7f": "kill-word", "\x1b[1~": "home", "\x1b[4~": "end" },
};

// A bracketed paste, an escape sequence, a control character, or text up to the next of these.
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
const pieces = /\x1b\[200~([\s\S]*?)\x1b\[201~|\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-Z]|[\s\S])?|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** The keys in what a terminal sent. What is pasted is text, with its line breaks: nothing of it is taken for Enter. */
export function readKeys(data: string): Key[] {
  return [...data.matchAll(pieces)].flatMap(([piece, pasted]): Key[] => {
    if (pasted !== undefined)
      return [{ kind: "text", text: pasted.replaceAll(/\r\n?/g, "\n").replaceAll("\t", "  ").replaceAll(controls, "") }];
    const name = names[piece];
    if (name) return [{ kind: "key", name }];
    return piece.charCodeAt(0) < 32 ? [] : [{ kind: "text", text: piece }];
  });
}
