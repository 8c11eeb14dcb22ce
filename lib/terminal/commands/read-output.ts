import type { IBuffer, IMarker } from "@xterm/headless";

/** What is kept of an output: so many characters of its beginning, and as many of its end. */
export const keptHalf = 32 * 1024;

/** A place on the screen that moves with its line; its marker is disposed once the line is gone. */
export type Place = { marker: IMarker; column: number };

/** The text from a place to the cursor at most so many characters of its beginning. */
export function readFrom(buffer: IBuffer, place: Place, maxChars = keptHalf): string {
  const end = { row: buffer.baseY + buffer.cursorY, column: buffer.cursorX };
  let text = "";
  // A program may have gone up past where it began: then what counts is what is above the cursor on the screen.
  const isAbove = place.marker.line > end.row;
  const first = isAbove ? { row: buffer.baseY, column: 0 } : { row: place.marker.line, column: place.column };
  for (let row = first.row; row <= end.row && text.length <= maxChars; row += 1) {
    const from = row === first.row ? first.column : 0;
    text += rowText(buffer, row, from, row === end.row ? end.column : undefined);
  }
  return text.slice(0, maxChars);
}

/** The text before the cursor, back to a row, at most so many characters of its end. */
export function readBack(buffer: IBuffer, firstRow: number, maxChars = keptHalf): string {
  const last = buffer.baseY + buffer.cursorY;
  const rows: string[] = [];
  let chars = 0;
  for (let row = last; row >= firstRow && chars <= maxChars; row -= 1) {
    const text = rowText(buffer, row, 0, row === last ? buffer.cursorX : undefined);
    rows.push(text);
    chars += text.length;
  }
  return rows.toReversed().join("").slice(-maxChars);
}

/** A row as it goes on from the one before: rows that the terminal wrapped are one line. */
function rowText(buffer: IBuffer, row: number, from: number, to?: number): string {
  const isWrapped = buffer.getLine(row + 1)?.isWrapped ?? false;
  const text = buffer.getLine(row)?.translateToString(!isWrapped, from, to) ?? "";
  return to === undefined && !isWrapped ? `${text}\n` : text;
}
