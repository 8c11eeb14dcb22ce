import { expect, test } from "vitest";
import { markedPieces } from "@/components/sidebar/marked-pieces";

test("a snippet's marks become pieces, and escaped markup stays text", () => {
  expect(markedPieces("a &lt;b&gt; <mark>found &amp; kept</mark> end")).toEqual([
    { text: "a <b> ", isMatch: false },
    { text: "found & kept", isMatch: true },
    { text: " end", isMatch: false },
  ]);
});
