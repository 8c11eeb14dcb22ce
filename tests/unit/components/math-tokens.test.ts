import { Lexer, type Token } from "marked";
import { describe, expect, test } from "vitest";
import { dialect } from "@/components/markdown/dialect";

/** The formulas in a text, wherever they are. */
function formulas(source: string): string[] {
  const collect = (tokens: Token[]): string[] =>
    tokens.flatMap((token) =>
      token.type === "blockMath" || token.type === "inlineMath"
        ? [String((token as { tex?: string }).tex)]
        : "tokens" in token && token.tokens
          ? collect(token.tokens)
          : [],
    );
  return collect(new Lexer(dialect).lex(source));
}

describe("what is a formula", () => {
  test.each([
    [String.raw`\(a+b\)`, ["a+b"]],
    ["$$a+b$$", ["a+b"]],
    ["so $x^2$ and $y$ hold", ["x^2", "y"]],
    ["$$\n\\frac{1}{2}\n$$", [String.raw`\frac{1}{2}`]],
    ["\\[\na = b\n\\]", ["a = b"]],
    [String.raw`$\alpha$.`, [String.raw`\alpha`]],
    ["runs in $O(n)$ time", ["O(n)"]],
  ])("%j", (source, expected) => expect(formulas(source)).toEqual(expected));
});

describe("what is not", () => {
  test.each([
    ["It costs $5 and then $10."],
    ["between $5-$10 each"],
    ["set $HOME and $PATH first"],
    ["`$x^2$`"],
    ["```\n$$a$$\n```"],
    [String.raw`\$x^2\$`],
    ["$ x^2 $"],
  ])("%j", (source) => expect(formulas(source)).toEqual([]));
});
