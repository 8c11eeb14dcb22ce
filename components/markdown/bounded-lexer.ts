import { Lexer, type Token, type TokensList } from "marked";
import { dialect } from "./dialect";

/** Quotations, lists and emphasis within one another, up to here; what is deeper shows as it is written. */
const maxDepth = 40;
/** Emphasis is searched for in time that grows with the square of a paragraph's length. Longer ones, in characters, stay plain. */
const maxInlineChars = 12_000;

/** The dialect's lexer with an end to what a text can make it do: recursion and the search for emphasis are bounded. */
export class BoundedLexer extends Lexer {
  private depth = 0;

  constructor() {
    super(dialect);
  }

  override blockTokens(source: string, tokens?: Token[], isClipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, isClipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], isClipped?: boolean): Token[] {
    const plain = { type: "paragraph", raw: source, text: source, tokens: [textToken(source)] };
    return this.within(tokens, plain, () => super.blockTokens(source, tokens, isClipped));
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (source.length > maxInlineChars) return add(tokens, textToken(source));
    return this.within(tokens, textToken(source), () => super.inlineTokens(source, tokens));
  }

  private within(tokens: Token[], plain: Token, lex: () => Token[]): Token[] {
    if (this.depth >= maxDepth) return add(tokens, plain);
    this.depth += 1;
    try {
      return lex();
    } finally {
      this.depth -= 1;
    }
  }
}

const textToken = (text: string) => ({ type: "text", raw: text, text, escaped: false });

function add(tokens: Token[], token: Token): Token[] {
  tokens.push(token);
  return tokens;
}
