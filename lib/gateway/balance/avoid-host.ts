import { currentHosts } from "../current-hosts";
import { rememberFailure } from "./conversation-hosts";

/** A host broke off a reply of the conversation at some time, perhaps in another process: going on with it is for another, if there is one. */
export async function avoidHost(conversationId: string, hostName: string): Promise<void> {
  const host = (await currentHosts()).find(({ upstream }) => upstream.name === hostName);
  if (host) rememberFailure(conversationId, host.upstream.id);
}
