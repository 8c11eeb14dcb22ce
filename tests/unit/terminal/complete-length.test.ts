import { describe, expect, test } from "vitest";
import { completeLength } from "@/lib/terminal/complete-length";

const whole = (text: string) => completeLength(Buffer.from(text)) === Buffer.byteLength(text);
const keeps = (text: string) => completeLength(Buffer.from(text, "latin1"));

describe("output is cut where a parser that knows nothing of what came before can begin", () => {
  test("text, ended sequences and whole characters go on as they are", () => {
    for (const text of ["", "abc", "ä€😀", "\x1b[31mred", "\x1b[0m", "\x1b]0;title\x07", "\x1bM", "\x1b(B", "\x1b]8;;x\x1b\\"])
      expect(whole(text), JSON.stringify(text)).toBe(true);
  });

  test("a character waits for its last byte", () => {
    for (const character of ["ä", "€", "😀"]) {
      const bytes = Buffer.from(`ab${character}`);
      for (let cut = 3; cut < bytes.length; cut += 1) expect(completeLength(bytes.subarray(0, cut))).toBe(2);
    }
  });

  test("an escape sequence waits for its end", () => {
    for (const begun of ["\x1b", "\x1b[", "\x1b[3", "\x1b[?25", "\x1b[38;2;1;2;", "\x1b]0;ti", "\x1b(", "\x1bP$q", "\x1b[1 "])
      expect(keeps(`ab${begun}`), JSON.stringify(begun)).toBe(2);
  });

  test("a string that does not end is not waited for without limit, nor are bytes that are no UTF-8", () => {
    expect(keeps(`\x1b]52;${"x".repeat(5_000)}`)).toBe(5_005);
    expect(keeps("\x80\x80\x80\x80\x80")).toBe(5);
  });
});
