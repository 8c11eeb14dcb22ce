import { memo, useMemo } from "react";
import { FoldedText } from "@/components/ui/folded-text";
import { MarkdownBlock } from "./markdown-block";
import { TypesetsContext } from "./math-formula";
import { canTypeset } from "./math-tokens";
import { splitBlocks } from "./split-blocks";

export type MarkdownProps = { text: string; isStreaming?: boolean };

/**
 * Renders Markdown as React elements, never as HTML: tags in the text show as text, addresses other than
 * http, https and mailto are not linked, and images are links. Blocks that did not change do not render again.
 * A text beyond all measure shows plain and folded.
 */
export const Markdown = memo(function Markdown({ text, isStreaming = false }: MarkdownProps) {
  const pieces = useMemo(() => splitBlocks(text, isStreaming), [text, isStreaming]);
  if (!pieces) return <FoldedText text={text} />;
  return (
    <TypesetsContext value={canTypeset(text)}>
      <div className="markdown">
        {pieces.map((piece, index) => (
          // A growing text only ever changes its last block, so the place in the text is the block's identity.
          <MarkdownBlock key={`block-${index.toString()}`} {...piece} />
        ))}
      </div>
    </TypesetsContext>
  );
});
