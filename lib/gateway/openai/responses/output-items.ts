import { randomUUID } from "node:crypto";
import type { OutputItem } from "./to-response";

type Status = "in_progress" | "completed";

/** An id of the API's form: a few letters for what it names, and a number of its own. */
export const itemId = (prefix: "resp" | "msg" | "rs" | "fc") => `${prefix}_${randomUUID().replaceAll("-", "")}`;

export const textPart = (text: string) => ({ type: "output_text", text, annotations: [], logprobs: [] });
export const thoughtPart = (text: string) => ({ type: "reasoning_text", text });

export function messageItem(id: string, status: Status, text?: string): OutputItem {
  return { id, type: "message", status, role: "assistant", content: text === undefined ? [] : [textPart(text)] };
}

export function reasoningItem(id: string, status: Status, text?: string): OutputItem {
  return { id, type: "reasoning", status, summary: [], content: text === undefined ? [] : [thoughtPart(text)] };
}

export function callItem(id: string, status: Status, call: { callId: string; name: string; arguments: string }): OutputItem {
  return { id, type: "function_call", status, call_id: call.callId, name: call.name, arguments: call.arguments };
}
