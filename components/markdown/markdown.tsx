import { memo, useMemo } from "react";
import { MarkdownBlock } from "./markdown-block";
import { splitBlocks } from "./split-blocks";

export type MarkdownProps = { text: string; isStreaming?: boolean };

/**
 * Renders Markdown as React elements, never as HTML: tags in the text show as text, addresses other than
 * http, https and mailto are not linked, and images are links. Blocks that did not change do not render again.
 */
export const Markdown = memo(function Markdown({ text, isStreaming = false }: MarkdownProps) {
  const { blocks, definitions } = useMemo(() => splitBlocks(text, isStreaming), [text, isStreaming]);
  return (
    <div className="markdown">
      {blocks.map((block, index) => (
        // A growing text only ever changes its last block, so the place in the text is the block's identity.
        <MarkdownBlock key={`block-${index.toString()}`} source={block} definitions={definitions} />
      ))}
    </div>
  );
});
