import type { Tokens } from "marked";
import { renderInline } from "./inline";

/** A table that scrolls sideways in its own frame, reachable by keyboard. */
export function MarkdownTable({ table }: { table: Tokens.Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="table-frame" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={`head-${index.toString()}`} scope="col" style={{ textAlign: cell.align ?? undefined }}>
                {renderInline(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={`row-${index.toString()}`}>
              {row.map((cell, column) => (
                <td key={`cell-${column.toString()}`} style={{ textAlign: cell.align ?? undefined }}>
                  {renderInline(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
