import type { Model } from "../contract";
import { isKnownToLack } from "../is-known-to-lack";
import { kindOfModel } from "../upstream";
import type { ChatRequest } from "./chat-request";
import { findCallSettings } from "./to-call-settings";

/**
 * Tells of models whether they would not refuse a request. That depends on nothing of a model but its hosts' kind and
 * whether it is known to lack tools, so that a large request is looked at a few times, however many models there are.
 */
export function takesRequest(request: ChatRequest): (listed: Model) => boolean {
  const found = new Map<string, boolean>();
  return (listed) => {
    const kind = kindOfModel(listed.id);
    const group = `${kind} ${isKnownToLack("tools", listed)}`;
    const takes = found.get(group) ?? findCallSettings(request, { id: listed.id, kind, listed }) !== null;
    found.set(group, takes);
    return takes;
  };
}
