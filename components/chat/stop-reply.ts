import { api } from "@/components/api/api";
import { ApiError, failureText } from "@/components/api/api-error";
import type { browserStop } from "@/lib/chat/page-contract";
import type { ChatSession } from "./chat-session";

const attempts = 10;
const pauseMs = 200;

/** Has the server stop a session's reply. A run that is not known yet is asked for again. */
export async function stopReply(session: ChatSession): Promise<void> {
  const { id, store, events } = session;
  for (let attempt = 0; attempt < attempts && store.status !== "ready"; attempt += 1) {
    try {
      await api<typeof browserStop>("POST", `/api/chat/${id}/stop`);
      if (store.status === "lost") return session.reconnectNow();
      if (store.status !== "submitted") return;
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "not_found")) return events.onProblem(failureText(error));
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
