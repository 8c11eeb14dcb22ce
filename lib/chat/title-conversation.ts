import { generateText } from "ai";
import { db } from "@/db/database";
import { getConversation, saveModelTitle } from "@/db/queries/conversations";
import { listBranch } from "@/db/queries/messages";
import { log } from "@/lib/core/log";
import { languageModel } from "@/lib/gateway/language-model";
import { announceConversation } from "./announce-conversation";
import { storable } from "./storable";

const timeoutMs = 60_000;
const maxTitleChars = 60;

/**
 * Names a conversation after its first exchange, by the model that answered. Runs after the reply and never fails:
 * without a usable title the first line of the first message stays.
 */
export async function titleConversation(by: { id: string; ownerId: string; model?: string }): Promise<void> {
  const { id, ownerId, model } = by;
  try {
    const conversation = await getConversation(db(), { id, ownerId });
    if (!model || conversation.titleSource !== "first-message" || !conversation.headId) return;
    const branch = await listBranch(db(), { conversationId: id, ownerId, leafId: conversation.headId });
    if (branch.filter((message) => message.role === "user").length !== 1) return;
    const exchange = branch.map((message) => `${message.role}: ${message.text.slice(0, 1_000)}`).join("\n\n");
    const { text } = await generateText({
      model: languageModel(model, { userId: ownerId, purpose: "title", conversationId: id }),
      instructions: "Write a title of 3 to 6 words for the conversation. Answer with the title alone, without quotes.",
      prompt: exchange,
      maxOutputTokens: 32,
      temperature: 0.2,
      maxRetries: 0,
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    const title = cleanTitle(text);
    if (title && (await saveModelTitle(db(), { id, ownerId }, title))) announceConversation({ id, ownerId });
  } catch (error) {
    log().info({ err: error, conversationId: id }, "no title was made; the first line of the first message stays");
  }
}

/** A model's answer as a title: one line, without quotes, labels or Markdown. Empty when nothing fit is left. */
export function cleanTitle(answer: string): string {
  const line =
    storable(answer)
      .replace(/<think>[\s\S]*?<\/think>/g, "")
      .trim()
      .split(/\r?\n/, 1)[0] ?? "";
  const bare = line
    .replace(/^(?:title|conversation)\s*:\s*/i, "")
    .replaceAll(/[#*_`"“”]/g, "")
    .replace(/[.:\s]+$/, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return bare.length > maxTitleChars ? "" : bare;
}
