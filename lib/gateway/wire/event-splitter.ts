const lineFeed = 10;

/** A whole event, and where in the newest piece of bytes its last line began. */
export type SplitEvent = { text: string; startsAt: number };

/** The line is longer than allowed. */
export class LineTooLongError extends Error {}

/**
 * Cuts a stream of bytes into events: lines, or the `data` of server-sent events. Holds at most one unfinished event of
 * `maxEventBytes`.
 */
export function eventSplitter(framing: "lines" | "events", maxEventBytes: number) {
  let unfinished: Uint8Array[] = [];
  let unfinishedBytes = 0;
  let data: string[] = [];
  let dataChars = 0;

  const lineEndingWith = (bytes: Uint8Array) => {
    const line = unfinished.length === 0 ? bytes : Buffer.concat([...unfinished, bytes]);
    unfinished = [];
    unfinishedBytes = 0;
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8");
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  };
  /** The event that a line completes, if it does. */
  const eventOf = (line: string): string | undefined => {
    if (framing === "lines") return line.trim() === "" ? undefined : line;
    if (line === "") return takeData();
    if (!line.startsWith("data:")) return undefined;
    data.push(line.slice(line[5] === " " ? 6 : 5));
    dataChars += line.length;
    if (dataChars > maxEventBytes) throw new LineTooLongError();
    return undefined;
  };
  const takeData = () => {
    const text = data.length > 0 ? data.join("\n") : undefined;
    data = [];
    dataChars = 0;
    return text;
  };

  return {
    /** The events that these bytes complete. @throws LineTooLongError */
    *push(bytes: Uint8Array): Generator<SplitEvent> {
      let startsAt = 0;
      for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, startsAt)) {
        if (unfinishedBytes + at - startsAt > maxEventBytes) throw new LineTooLongError();
        const text = eventOf(lineEndingWith(bytes.subarray(startsAt, at)));
        if (text !== undefined) yield { text, startsAt };
        startsAt = at + 1;
      }
      const rest = bytes.subarray(startsAt);
      unfinishedBytes += rest.byteLength;
      if (unfinishedBytes > maxEventBytes) throw new LineTooLongError();
      if (rest.byteLength > 0) unfinished.push(rest);
    },
    /** What was left unfinished when the bytes ended. */
    end(): string | undefined {
      const last = unfinishedBytes > 0 ? eventOf(lineEndingWith(new Uint8Array())) : undefined;
      return last ?? takeData();
    },
  };
}
