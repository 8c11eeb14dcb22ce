import { expect, test } from "vitest";
import { InvalidRequestError, RateLimitedError } from "@/lib/core/errors";
import { toProblem } from "@/lib/core/problem";
import { decodeCursor, encodeCursor, toPage } from "@/lib/http/page";
import { lineOfText, plainText } from "@/lib/http/text";

test.each(["a\u0000b", "a\u001bb", "a\u007fb", "a\u0085b", "\ud800", "a\udc00"])("%j is no text a person wrote", (text) => {
  expect(plainText().safeParse(text).success).toBe(false);
});

test.each(["tab\tand\r\nlines", "émoji 👩‍👩‍👧", "مرحبا", ""])("%j is", (text) => {
  expect(plainText().safeParse(text).success).toBe(true);
});

test("a line is trimmed, has one line and a limit", () => {
  expect(lineOfText(5).parse("  abc ")).toBe("abc");
  for (const bad of ["", "   ", "a\nb", "abcdef"]) expect(lineOfText(5).safeParse(bad).success).toBe(false);
});

test("a cursor comes back as it was, and anything else is refused", () => {
  const cursor = { at: "2026-11-21T08:00:00.123Z", id: "01a1fd58-7d08-7016-a944-3463b5f4eed3" };
  expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  for (const bad of ["", "x", Buffer.from("{}").toString("base64url"), Buffer.from("'; drop").toString("base64url")]) {
    expect(() => decodeCursor(bad)).toThrow(InvalidRequestError);
  }
});

test("a page that is full has a cursor, the last one has none", () => {
  const rows = [1, 2, 3].map((n) => ({ id: `01a1fd58-7d08-7016-a944-3463b5f4eed${n}`, at: new Date(n) }));
  expect(toPage(rows, 2, (row) => row.at)).toMatchObject({ items: rows.slice(0, 2), nextCursor: expect.any(String) });
  expect(toPage(rows, 3, (row) => row.at).nextCursor).toBeNull();
});

test("an unknown error shows nothing of itself but the request id", () => {
  const problem = toProblem(new Error("password=hunter2 at db.internal"), "req-12345");
  expect(problem).toMatchObject({ status: 500, code: "internal", requestId: "req-12345" });
  expect(JSON.stringify(problem)).not.toMatch(/hunter2|internal\.|db\./);
});

test("a known error shows its code, its status and what to do", () => {
  expect(toProblem(new RateLimitedError("messages", 7), "r")).toMatchObject({
    status: 429,
    code: "rate_limited",
    detail: expect.stringContaining("7 seconds"),
  });
});
