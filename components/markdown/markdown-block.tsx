import type { Token, Tokens } from "marked";
import { memo, type ReactNode } from "react";
import { BoundedLexer } from "./bounded-lexer";
import { CodeBlock } from "./code-block";
import { renderInline } from "./inline";
import { MathFormula } from "./math-formula";
import type { MathToken } from "./math-tokens";
import { isFenceClosed, type MarkdownPiece } from "./split-blocks";
import { MarkdownTable } from "./table";

/** One block of Markdown. */
export const MarkdownBlock = memo(function MarkdownBlock({ source, definitions }: MarkdownPiece) {
  return renderBlocks(new BoundedLexer().lex(`${definitions}${source}`));
});

const headings = { 1: "h2", 2: "h3", 3: "h4", 4: "h5", 5: "h6", 6: "h6" } as const;

/** Tokens of the block level as elements. */
function renderBlocks(tokens: Token[]): ReactNode[] {
  return tokens.map((token, index) => <Block key={`${token.type}-${index.toString()}`} token={token} />);
}

function Block({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case "heading": {
      const Heading = headings[token.depth as keyof typeof headings];
      return <Heading>{renderInline(token.tokens)}</Heading>;
    }
    case "paragraph":
      return <p>{renderInline(token.tokens)}</p>;
    case "text":
      return token.tokens ? renderInline(token.tokens) : token.text;
    case "code":
      return <CodeBlock code={token.text} language={token.lang} isComplete={isFenceClosed(token.raw)} />;
    case "blockquote":
      return <blockquote>{renderBlocks(token.tokens ?? [])}</blockquote>;
    case "list":
      return <List list={token as Tokens.List} />;
    case "table":
      return <MarkdownTable table={token as Tokens.Table} />;
    case "hr":
      return <hr />;
    case "blockMath":
      return <MathFormula tex={(token as MathToken).tex} display />;
    case "html":
      return <p className="whitespace-pre-wrap">{token.raw.trimEnd()}</p>;
    default:
      return null;
  }
}

function List({ list }: { list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={`item-${index.toString()}`} className={item.task ? "task" : undefined}>
      {item.task && (
        <input type="checkbox" checked={item.checked === true} readOnly disabled aria-label={item.checked ? "Done" : "Not done"} />
      )}
      {renderBlocks(item.tokens)}
    </li>
  ));
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}
