import type { Io } from "../io.ts";
import { oneLine } from "./printable.ts";
import { style } from "./style.ts";

export type Column<Row> = { title: string; of: (row: Row) => string | number; right?: boolean };

/** Rows in columns under their titles, each as wide as its widest cell. */
export function printTable<Row>(io: Io, rows: Row[], columns: Column<Row>[]): void {
  const cells = rows.map((row) => columns.map(({ of }) => oneLine(String(of(row)))));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...cells.map((line) => line[index]?.length ?? 0)));
  const line = (texts: string[]) =>
    texts
      .map((text, index) => (columns[index]?.right ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  io.out(`${style(io.colour.out, "bold", line(columns.map(({ title }) => title)))}\n`);
  for (const texts of cells) io.out(`${line(texts)}\n`);
}
