import { generateText } from "ai";
import { db } from "@/db/database";
import { getConversation, saveModelTitle } from "@/db/queries/conversations";
import { listBranch } from "@/db/queries/messages";
import { getKeyGrant } from "@/lib/auth/keys/get-key-grant";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import type { CallContext } from "@/lib/gateway/call-record";
import { languageModel } from "@/lib/gateway/language-model";
import { announceConversation } from "./announce-conversation";
import { storable } from "./storable";

const timeoutMs = 60_000;
const maxTitleChars = 60;

/** A title is tried again after each of the first replies. */
const maxExchanges = 3;

type PendingTitle = { model: string; controller: AbortController };
const pending = () => processGlobal("pending-titles", () => new Set<PendingTitle>());

/** Gives up the titles that a model is making, or all: so that no reply waits for one where one thing is done at a time, and no stop. */
export function dropPendingTitles(model?: string): void {
  for (const title of pending()) if (!model || title.model === model) title.controller.abort();
}

/**
 * Names a conversation after its first exchange, by the model that answered. Runs after the reply, gives way to the next
 * one, and never fails: without a usable title the first line of the first message stays.
 */
export async function titleConversation(by: { id: string; ownerId: string; keyId?: string; model?: string }): Promise<void> {
  const { id, ownerId, keyId, model } = by;
  try {
    const conversation = await getConversation(db(), { id, ownerId });
    if (!model || conversation.titleSource !== "first-message" || !conversation.headId) return;
    const branch = await listBranch(db(), { conversationId: id, ownerId, leafId: conversation.headId });
    if (branch.filter((message) => message.role === "user").length > maxExchanges) return;
    const exchange = branch.map((message) => `${message.role}: ${message.text.slice(0, 1_000)}`).join("\n\n");
    const key = await getKeyGrant({ keyId, ownerId });
    const text = await askForTitle(exchange, { model, userId: ownerId, key, conversationId: id });
    const title = cleanTitle(text);
    if (title && (await saveModelTitle(db(), { id, ownerId }, title))) announceConversation({ id, ownerId });
  } catch (error) {
    log().info({ err: error, conversationId: id }, "no title was made; the first line of the first message stays");
  }
}

type TitleCall = { model: string } & Pick<CallContext, "userId" | "key" | "conversationId">;

async function askForTitle(exchange: string, { model, ...by }: TitleCall): Promise<string> {
  const title = { model, controller: new AbortController() };
  pending().add(title);
  try {
    const { text } = await generateText({
      model: languageModel(model, { ...by, purpose: "title" }),
      instructions: "Write a title of 3 to 6 words for the conversation. Answer with the title alone, without quotes.",
      prompt: exchange,
      maxOutputTokens: 32,
      temperature: 0.2,
      maxRetries: 0,
      telemetry: { isEnabled: false },
      abortSignal: AbortSignal.any([title.controller.signal, AbortSignal.timeout(timeoutMs)]),
    });
    return text;
  } finally {
    pending().delete(title);
  }
}

/** A model's answer as a title: one line, without quotes, labels or Markdown. Empty when nothing fit is left. */
export function cleanTitle(answer: string): string {
  const line =
    storable(answer)
      .replace(/<think>[\s\S]*?(<\/think>|$)/g, "")
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
