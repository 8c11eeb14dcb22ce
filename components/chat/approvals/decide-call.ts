import type { z } from "zod";
import { api } from "@/components/api/api";
import { ApiError, unreachable } from "@/components/api/api-error";
import type { decideCall as contract } from "@/lib/chat/contract";
import type { ChatSession } from "../chat-session";

export type CallDecision = z.input<(typeof contract)["body"]>;

/**
 * Sends a decision of the reader's and shows what came of it. One that came too late is told, and what was decided is shown.
 * @returns what went wrong, if the decision is to be tried again
 */
export async function decideCall(session: ChatSession, runId: string, decision: CallDecision): Promise<string | null> {
  try {
    await api<typeof contract>("POST", `/api/v1/runs/${runId}/approvals`, { body: decision });
  } catch (error) {
    const { message, code } = error instanceof ApiError ? error : unreachable();
    if (code !== "conflict" && code !== "not_found") return message;
    session.events.onProblem(message);
  }
  await session.sync();
  return null;
}
