import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { ChatOptions } from "@/db/schema/json";
import { toolNames } from "@/lib/agent/tools/registry";
import { env } from "@/lib/core/env";
import { InvalidRequestError, RateLimitedError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";

const limiter = () => processGlobal("chat-rate", () => new RateLimiterMemory({ points: env().HEARTH_CHAT_PER_MINUTE, duration: 60 }));

/**
 * Lets a message through to the models, or says why not.
 * @throws InvalidRequestError when it is longer than HEARTH_MAX_MESSAGE_CHARS, or asks for a tool that does not exist
 * @throws RateLimitedError past HEARTH_CHAT_PER_MINUTE messages of one user
 */
export async function admitMessage(userId: string, text: string, options: ChatOptions): Promise<void> {
  checkLength(text);
  const unknown = Array.isArray(options.tools) ? options.tools.filter((name) => !toolNames().includes(name)) : [];
  if (unknown.length > 0) {
    throw new InvalidRequestError(`There is no tool called ${unknown[0]}.`, [
      { path: "body.tools", message: `Use some of: ${toolNames().join(", ")}` },
    ]);
  }
  await admitRun(userId);
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

/** Counts a run against the user's limit of replies a minute. @throws RateLimitedError */
export async function admitRun(userId: string): Promise<void> {
  try {
    await limiter().consume(userId);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw new RateLimitedError("messages", Math.ceil(refusal.msBeforeNext / 1000) || 1);
    throw refusal;
  }
}
