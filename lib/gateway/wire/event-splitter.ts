import { StringDecoder } from "node:string_decoder";

/** The line is longer than allowed. */
export class LineTooLongError extends Error {}

/**
 * Cuts a stream of UTF-8 bytes into events: lines, or the `data` of server-sent events. Holds at most one unfinished event
 * of `maxEventChars`. A class, since a generator made anew for each reply has a shape of its own, in which V8 keeps the reply
 * until old objects are collected.
 */
export class EventSplitter {
  readonly #framing: "lines" | "events";
  readonly #maxEventChars: number;
  readonly #decoder = new StringDecoder("utf8");
  #unfinished = "";
  #data: string | undefined;

  constructor(framing: "lines" | "events", maxEventChars: number) {
    this.#framing = framing;
    this.#maxEventChars = maxEventChars;
  }

  /** The events that these bytes complete. @throws LineTooLongError */
  *push(bytes: Uint8Array): Generator<string> {
    const text = this.#unfinished + this.#decoder.write(bytes);
    let startsAt = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", startsAt)) {
      const event = this.#eventOf(text.slice(startsAt, at));
      startsAt = at + 1;
      if (event !== undefined) yield event;
    }
    this.#unfinished = text.slice(startsAt);
    if (this.#unfinished.length > this.#maxEventChars) throw new LineTooLongError();
  }

  /** What was left unfinished when the bytes ended. */
  end(): string | undefined {
    const rest = this.#unfinished + this.#decoder.end();
    this.#unfinished = "";
    return (rest === "" ? undefined : this.#eventOf(rest)) ?? this.#takeData();
  }

  /** The event that a line completes, if it does. */
  #eventOf(whole: string): string | undefined {
    if (whole.length > this.#maxEventChars) throw new LineTooLongError();
    const line = whole.endsWith("\r") ? whole.slice(0, -1) : whole;
    if (this.#framing === "lines") return line.trim() === "" ? undefined : line;
    if (line === "") return this.#takeData();
    if (!line.startsWith("data:")) return undefined;
    const value = line.slice(line[5] === " " ? 6 : 5);
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    if (this.#data.length > this.#maxEventChars) throw new LineTooLongError();
    return undefined;
  }

  #takeData(): string | undefined {
    const text = this.#data;
    this.#data = undefined;
    return text;
  }
}
