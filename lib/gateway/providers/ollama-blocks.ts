import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";

type Kind = "text" | "reasoning";

/**
 * Puts the provider package's blocks in order: it opens a text block before the reasoning (with Ollama's empty `content`),
 * closes the reasoning only at the end, and sends a piece of text after closing its block. Here a block opens with its
 * first words and closes when something else begins.
 */
export function ollamaBlocks(): TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart> {
  let open: { kind: Kind; id: string } | undefined;
  let count = 0;
  const close = (controller: TransformStreamDefaultController<LanguageModelV4StreamPart>) => {
    if (open) controller.enqueue({ type: `${open.kind}-end`, id: open.id });
    open = undefined;
  };
  return new TransformStream({
    transform(part, controller) {
      switch (part.type) {
        case "text-start":
        case "text-end":
        case "reasoning-start":
        case "reasoning-end":
          return;
        case "text-delta":
        case "reasoning-delta": {
          if (part.delta === "") return;
          const kind = part.type === "text-delta" ? "text" : "reasoning";
          if (open?.kind !== kind) {
            close(controller);
            open = { kind, id: String(count++) };
            controller.enqueue({ type: `${kind}-start`, id: open.id });
          }
          controller.enqueue({ type: part.type, id: open.id, delta: part.delta });
          return;
        }
        case "tool-input-start":
        case "finish":
          close(controller);
      }
      controller.enqueue(part);
    },
  });
}
