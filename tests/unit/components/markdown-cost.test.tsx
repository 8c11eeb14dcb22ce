import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, test } from "vitest";
import { KatexFormula } from "@/components/markdown/katex-formula";
import { Markdown } from "@/components/markdown/markdown";

/** Texts that once took a renderer minutes, or its stack. */
const hostile: [name: string, piece: string][] = [
  ["paragraphs of a letter", "a\n\n"],
  ["half definitions, half paragraphs", ""],
  ["quotations within quotations", "> "],
  ["lists within lists", "- "],
  ["lists within quotations", "> - "],
  ["numbered lists within lists", "1. "],
  ["emphasis that never ends", "**a*"],
  ["emphasis within words", "a**b"],
  ["emphasis within emphasis", "*_"],
  ["brackets", "["],
  ["links within links", "[a](b["],
  ["images", "!["],
  ["dollars", "$ "],
  ["formulas that never end", "\\( "],
  ["display formulas that never end", "$$a\n\n"],
  ["bracketed formulas that never end", "\\[a\n\n"],
  ["a million small formulas", "$x$ "],
  ["headings", "# a\n"],
  ["rules", "---\n"],
  ["fences", "```\n"],
  ["tables", "|a|b|\n|-|-|\n"],
  ["rows of a table", "|a|b|\n"],
  ["items", "- a b\n"],
  ["loose items", "1. a\n\n   b\n\n"],
  ["stressed words", "*a* b c\n"],
  ["tags", "<a "],
  ["line ends", "\n"],
  ["backslashes", "\\"],
];

function textOf(name: string, piece: string, chars: number): string {
  if (name.startsWith("half")) {
    const half = Array.from({ length: Math.floor(chars / 20) }, (_, index) => `[a${index}]: x\n`).join("");
    return `${half.slice(0, chars / 2)}\n${"b\n\n".repeat(chars / 6)}`.slice(0, chars);
  }
  if (name.startsWith("rows")) return `|a|b|\n|-|-|\n${piece.repeat(chars / piece.length)}`.slice(0, chars);
  return piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars);
}

function timeMs(text: string, isStreaming = false): number {
  const startedAt = performance.now();
  renderToStaticMarkup(<Markdown text={text} isStreaming={isStreaming} />);
  return performance.now() - startedAt;
}

describe.each([[32_000], [100_000], [1_000_000]])("a hostile text of %i characters holds nobody up", (chars) => {
  // What a plain text of the longest kind that is formatted takes on this machine, now: the measure for the others.
  let allowedMs = 0;
  beforeAll(() => {
    const prose = "Some plain words of a usual reply, with `code` and **bold** text.\n\n".repeat(1500);
    allowedMs = Math.max(2_000, 25 * Math.max(timeMs(prose), timeMs(prose)));
  });

  test.each(hostile)("%s", (name, piece) => {
    const text = textOf(name, piece, chars);
    expect(timeMs(text)).toBeLessThan(allowedMs);
    expect(timeMs(text, true)).toBeLessThan(allowedMs);
  });
});

test("what is nested deeper than anybody reads shows as it is written", () => {
  const html = renderToStaticMarkup(<Markdown text={`${"> ".repeat(60)}deep down`} />);
  expect(html.match(/<blockquote>/g)?.length).toBeLessThan(50);
  expect(html).toContain("deep down");
});

test("of a text beyond all measure the beginning shows, with a button for all of it", () => {
  const html = renderToStaticMarkup(<Markdown text={"**word** ".repeat(12_000)} />);
  expect(html).toContain("**word** **word**");
  expect(html).toContain("Show all 108,000 characters");
  expect(html.length).toBeLessThan(10_000);
});

describe("a formula that asks for more than it is worth shows its source", () => {
  const definitions = `\\def\\b{${"x".repeat(800)}}\\def\\a{\\b\\b\\b\\b\\b\\b\\b\\b\\b\\b}${"\\a".repeat(30)}`;
  test.each([
    ["by definitions", definitions],
    ["by a new command", `\\newcommand{\\a}{${"x".repeat(900)}}${"\\a".repeat(100)}`],
    ["by depth", "a^{".repeat(600)],
    ["by closed depth", `${"\\sqrt{".repeat(300)}a${"}".repeat(300)}`],
  ])("%s", (_, tex) => {
    const startedAt = performance.now();
    const html = renderToStaticMarkup(<KatexFormula tex={tex} />);
    expect(html).toMatch(/^<code>/);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  test("an ordinary one is typeset", () => {
    expect(renderToStaticMarkup(<KatexFormula tex={String.raw`\left( \frac{a}{b} \right)`} />)).toContain("katex");
  });
});
