import { LRUCache } from "lru-cache";
import { processGlobal } from "@/lib/core/process-global";

/** What is remembered of a conversation: where its prompt may still be evaluated, and which host let it down. */
type Memory = { lastHostId?: string; failedHostId?: string; failedAt?: number };

const maxConversations = 10_000;
/** How long a host that broke off in a conversation comes last there. */
const avoidMs = 60_000;
const memories = () => processGlobal("gateway-conversation-hosts", () => new LRUCache<string, Memory>({ max: maxConversations }));

/** The host that answered last in a conversation has its prompt cached; one that just broke off there is to be avoided. */
export function conversationHosts(conversationId: string | undefined): { last?: string; avoid?: string } {
  const memory = conversationId === undefined ? undefined : memories().get(conversationId);
  if (!memory) return {};
  const { lastHostId, failedHostId, failedAt = 0 } = memory;
  return { last: lastHostId, avoid: Date.now() - failedAt < avoidMs ? failedHostId : undefined };
}

/** A host begins to answer in a conversation. */
export function rememberHost(conversationId: string | undefined, hostId: string): void {
  if (conversationId !== undefined) memories().set(conversationId, { ...memories().get(conversationId), lastHostId: hostId });
}

/** A host broke off in the middle of its reply, so that going on with it is for another. */
export function rememberFailure(conversationId: string | undefined, hostId: string): void {
  if (conversationId !== undefined) memories().set(conversationId, { failedHostId: hostId, failedAt: Date.now() });
}
