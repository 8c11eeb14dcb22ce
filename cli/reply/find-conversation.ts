import type { Conversation } from "@/lib/chat/shapes";
import type { Api } from "../api/api.ts";
import { CliError } from "../cli-error.ts";

/** The chat that `--id` or `--continue` means; undefined is a new one. @throws CliError when there is none to go on with */
export async function findConversation(api: Api, wanted: { id?: string; continue?: boolean }): Promise<string | undefined> {
  if (wanted.id) return wanted.id;
  if (!wanted.continue) return undefined;
  const { items } = await api.get<{ items: Conversation[] }>("/api/v1/conversations", { limit: 1 });
  const [last] = items;
  if (!last) throw new CliError("notFound", "There is no chat to go on with yet. Leave out --continue to begin one.");
  return last.id;
}
