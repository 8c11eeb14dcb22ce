import { expect, test } from "vitest";
import { oneLine, printable } from "../../../cli/output/printable";
import { size } from "../../../cli/output/size";
import { style } from "../../../cli/output/style";
import { printTable } from "../../../cli/output/table";
import { fakeIo } from "../../support/fake-io";

test("what is printed cannot move the cursor, set the title, or turn the writing around", () => {
  expect(printable("a\u001b[2Jb\u0007\r\u009b1m\u202ec\n\td")).toBe("a[2Jb1mc\n\td");
  expect(oneLine(" two\n lines\u001b ")).toBe("two lines");
});

test("colours are written only where they are wanted", () => {
  expect(style(true, "red", "no")).toBe("\u001b[31mno\u001b[39m");
  expect(style(false, "red", "no")).toBe("no");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 KB"],
  [1_900_000_000, "1.9 GB"],
  [250_000_000, "250 MB"],
])("%d bytes are %s", (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test("a table's columns are as wide as their widest cell, numbers to the right, nothing after the last", () => {
  const io = fakeIo();
  const rows = [
    { name: "a", count: 5 },
    { name: "longer\nname", count: 1_234 },
  ];
  printTable(io, rows, [
    { title: "NAME", of: ({ name }) => name },
    { title: "N", of: ({ count }) => count, right: true },
    { title: "X", of: () => "" },
  ]);
  expect(io.written.out).toBe("NAME            N  X\na               5\nlonger name  1234\n");
});
