import type { Token } from "marked";
import { Fragment, type ReactNode } from "react";
import { decodeEntities } from "./decode-entities";
import { MathFormula } from "./math-formula";
import type { MathToken } from "./math-tokens";
import { safeUrl } from "./safe-url";

/** Tokens of the inline level as elements. */
export function renderInline(tokens: Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Inline key={`${token.type}-${index.toString()}`} token={token} />);
}

function Inline({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case "text":
      return token.tokens ? renderInline(token.tokens) : decodeEntities(token.text);
    case "escape":
      return token.text;
    case "strong":
      return <strong>{renderInline(token.tokens)}</strong>;
    case "em":
      return <em>{renderInline(token.tokens)}</em>;
    case "del":
      return <del>{renderInline(token.tokens)}</del>;
    case "codespan":
      return <code>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return <SafeLink href={token.href}>{renderInline(token.tokens)}</SafeLink>;
    case "image":
      return <SafeLink href={token.href}>{`Image: ${decodeEntities(token.text) || token.href}`}</SafeLink>;
    case "inlineMath":
      return <MathFormula tex={(token as MathToken).tex} />;
    case "html":
      return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : token.raw;
    case "checkbox":
      return null;
    default:
      return <Fragment>{"text" in token ? token.text : token.raw}</Fragment>;
  }
}

/** A link out of Hearth. An address that is not safe to follow stays readable, after the words it was given. */
function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const url = safeUrl(href);
  if (!url) return <span>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
