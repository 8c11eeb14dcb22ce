import type {
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider";

type Block = Extract<LanguageModelV4Content, { type: "text" | "reasoning" }>;

/**
 * A streamed reply as a whole. Calls that want no stream are streamed all the same: the guard and the time limits then hold
 * for them too.
 * @throws ModelError the failure that the stream tells of
 */
export async function collectReply({ stream, request, response }: LanguageModelV4StreamResult): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  const blocks = new Map<string, Block>();
  let warnings: LanguageModelV4GenerateResult["warnings"] = [];
  let finish: Extract<LanguageModelV4StreamPart, { type: "finish" }> | undefined;
  for await (const part of stream) {
    switch (part.type) {
      case "error":
        throw part.error;
      case "stream-start":
        warnings = part.warnings;
        break;
      case "text-start":
      case "reasoning-start": {
        const block: Block = { type: part.type === "text-start" ? "text" : "reasoning", text: "", providerMetadata: part.providerMetadata };
        blocks.set(part.id, block);
        content.push(block);
        break;
      }
      case "text-delta":
      case "reasoning-delta":
      case "text-end":
      case "reasoning-end":
        extend(blocks.get(part.id), part);
        break;
      case "tool-call":
      case "tool-result":
      case "file":
      case "source":
        content.push(part);
        break;
      case "finish":
        finish = part;
    }
  }
  if (!finish) throw new Error("A reply ended without its finish part.");
  const { finishReason, usage, providerMetadata } = finish;
  return { content, finishReason, usage, providerMetadata, warnings, request, response };
}

function extend(
  block: Block | undefined,
  part: Extract<LanguageModelV4StreamPart, { type: "text-delta" | "reasoning-delta" | "text-end" | "reasoning-end" }>,
) {
  if (!block) return;
  if ("delta" in part) block.text += part.delta;
  // The last one stands: signatures come at a block's end.
  block.providerMetadata = part.providerMetadata ?? block.providerMetadata;
}
