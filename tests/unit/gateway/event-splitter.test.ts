import { expect, test } from "vitest";
import { EventSplitter, LineTooLongError } from "@/lib/gateway/wire/event-splitter";

const bytes = (text: string) => new TextEncoder().encode(text);

function split(framing: "lines" | "events", pieces: Uint8Array[], maxEventChars = 1_000) {
  const splitter = new EventSplitter(framing, maxEventChars);
  const events = pieces.flatMap((piece) => [...splitter.push(piece)]);
  const rest = splitter.end();
  return rest === undefined ? events : [...events, rest];
}

/** The same bytes in pieces of every size from one byte up. */
const everyCut = (text: string) => {
  const all = bytes(text);
  return Array.from({ length: all.length }, (_, index) => index + 1).map((size) =>
    Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.subarray(at * size, (at + 1) * size)),
  );
};

test("lines are found wherever the bytes are cut, also within a character", () => {
  for (const pieces of everyCut('{"a":"žlutý"}\n\r\n{"b":"🔥"}\r\n{"c":3}'))
    expect(split("lines", pieces)).toEqual(['{"a":"žlutý"}', '{"b":"🔥"}', '{"c":3}']);
});

test("the data of server-sent events is found wherever the bytes are cut, and other fields are passed over", () => {
  const text = ': ping\n\nevent: x\ndata: {"a":1}\nid: 7\n\ndata:two\ndata: lines\r\n\r\ndata: [DONE]';
  for (const pieces of everyCut(text)) expect(split("events", pieces)).toEqual(['{"a":1}', "two\nlines", "[DONE]"]);
});

test("a line longer than the limit is refused before it is whole", () => {
  const splitter = new EventSplitter("lines", 100);
  expect([...splitter.push(bytes("x".repeat(90)))]).toEqual([]);
  expect(() => [...splitter.push(bytes("x".repeat(20)))]).toThrow(LineTooLongError);
});

test("an event of many data lines is refused as well", () => {
  const splitter = new EventSplitter("events", 100);
  expect(() => {
    for (let line = 0; line < 50; line++) [...splitter.push(bytes(`data: ${line}\n`))];
  }).toThrow(LineTooLongError);
});
