import type { ChatOptions } from "@/db/schema/json";
import { toolNames } from "@/lib/agent/tools/registry";
import { env } from "@/lib/core/env";
import { InvalidRequestError } from "@/lib/core/errors";
import { gatewaySettings } from "@/lib/gateway/gateway-settings";
import { rateHeaders } from "@/lib/http/rate-headers";
import { takeFromMinute } from "@/lib/http/take-from-minute";

/**
 * Lets a message through to the models, or says why not.
 * @returns how the user's limit stands, as headers of the answer
 * @throws InvalidRequestError when it is longer than HEARTH_MAX_MESSAGE_CHARS, or asks for a tool that does not exist
 * @throws RateLimitedError past the setting of messages that one user may send in a minute
 */
export async function admitMessage(userId: string, text: string, options: ChatOptions): Promise<Record<string, string>> {
  checkLength(text);
  const unknown = Array.isArray(options.tools) ? options.tools.filter((name) => !toolNames().includes(name)) : [];
  if (unknown.length > 0) {
    throw new InvalidRequestError(`There is no tool called ${unknown[0]}.`, [
      { path: "body.tools", message: `Use some of: ${toolNames().join(", ")}` },
    ]);
  }
  return admitRun(userId);
}

/** Checks a message's length against the setting. @throws InvalidRequestError */
export function checkLength(text: string): void {
  const { HEARTH_MAX_MESSAGE_CHARS: max } = env();
  if (text.length > max) {
    throw new InvalidRequestError(
      `The message has ${text.length} characters; at most ${max} are allowed. Shorten it or send it in parts.`,
      [{ path: "body.message", message: `Must have at most ${max} characters` }],
    );
  }
}

/** Counts a run against the user's limit of replies a minute. @returns how it stands, as headers @throws RateLimitedError */
export async function admitRun(userId: string): Promise<Record<string, string>> {
  return rateHeaders(await takeFromMinute({ key: `chat:${userId}`, limit: gatewaySettings().chatPerMinute, what: "messages" }));
}
