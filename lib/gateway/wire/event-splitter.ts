import { StringDecoder } from "node:string_decoder";

/** The line is longer than allowed. */
export class LineTooLongError extends Error {}

/**
 * Cuts a stream of UTF-8 bytes into events: lines, or the `data` of server-sent events. Holds at most one unfinished event
 * of `maxEventChars`.
 */
export function eventSplitter(framing: "lines" | "events", maxEventChars: number) {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  let data: string | undefined;

  /** The event that a line completes, if it does. */
  const eventOf = (whole: string): string | undefined => {
    if (whole.length > maxEventChars) throw new LineTooLongError();
    const line = whole.endsWith("\r") ? whole.slice(0, -1) : whole;
    if (framing === "lines") return line.trim() === "" ? undefined : line;
    if (line === "") return takeData();
    if (!line.startsWith("data:")) return undefined;
    const value = line.slice(line[5] === " " ? 6 : 5);
    data = data === undefined ? value : `${data}\n${value}`;
    if (data.length > maxEventChars) throw new LineTooLongError();
    return undefined;
  };
  const takeData = () => {
    const text = data;
    data = undefined;
    return text;
  };

  return {
    /** The events that these bytes complete. @throws LineTooLongError */
    *push(bytes: Uint8Array): Generator<string> {
      const text = unfinished + decoder.write(bytes);
      let startsAt = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", startsAt)) {
        const event = eventOf(text.slice(startsAt, at));
        startsAt = at + 1;
        if (event !== undefined) yield event;
      }
      unfinished = text.slice(startsAt);
      if (unfinished.length > maxEventChars) throw new LineTooLongError();
    },
    /** What was left unfinished when the bytes ended. */
    end(): string | undefined {
      const rest = unfinished + decoder.end();
      unfinished = "";
      return (rest === "" ? undefined : eventOf(rest)) ?? takeData();
    },
  };
}
