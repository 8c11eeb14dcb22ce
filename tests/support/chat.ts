import { type Database, db } from "@/db/database";
import { users } from "@/db/schema/accounts";
import { followRun } from "@/lib/chat/follow-run";
import { openConversation } from "@/lib/chat/open-conversation";
import type { NumberedChunk } from "@/lib/chat/run-log";
import { startSweeper } from "@/lib/chat/run-sweeper";
import { resetEnv } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { startGateway } from "@/lib/gateway/start-gateway";
import { stopGateway } from "@/lib/gateway/stop-gateway";
import type { Caller } from "@/lib/http/caller";
import { freshDatabase } from "./database";
import { forgetGateway } from "./gateway";

/** A chat as the process runs it: a fresh database, or the one that is open, the sweeper, and the gateway on the given hosts only. */
export async function bootChat(given: "embedded" | "server" | Database, environment: Record<string, string>) {
  Object.assign(process.env, {
    HEARTH_LOCAL_MODEL: "off",
    HEARTH_CHAT_PER_MINUTE: "1000",
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
    ...environment,
  });
  resetEnv();
  clearProcessGlobal("rate-counter");
  clearProcessGlobal("shutdown-state");
  if (typeof given === "string") forgetGateway();
  const database = typeof given === "string" ? await freshDatabase(given) : given;
  await startGateway();
  // Boot waits half a second for hosts; a busy machine may need more, and a test is about what comes after.
  await Promise.all([...gatewayState().hosts.values()].map(({ checking }) => checking));
  const stopSweeper = await startSweeper();
  return { database, close: () => close(database, stopSweeper) };
}

async function close(database: Database, stopSweeper: () => Promise<void>) {
  await stopSweeper();
  await stopGateway();
  await database.close();
}

/** A stored user. @returns the id */
export async function aUser(role: "admin" | "user" = "user"): Promise<string> {
  const id = newId();
  await db()
    .insert(users)
    .values({ id, email: `${id}@example.org`, name: "Test", passwordHash: "-", role });
  return id;
}

/** That user as a caller from a browser. */
export function callerOf(userId: string, role: Caller["role"] = "user"): Caller {
  return { userId, role, email: `${userId}@example.org`, name: "Test", via: "cookie", sessionId: newId() };
}

/** Follows a run to its end. */
export async function chunksOfRun(by: { runId: string; ownerId: string; from?: number }): Promise<NumberedChunk[]> {
  const all: NumberedChunk[] = [];
  for await (const batch of await followRun({ from: 0, ...by })) all.push(...batch);
  return all;
}

/** The newest message of the branch last looked at. */
export async function lastMessageOf(by: { ownerId: string; conversationId: string }) {
  const { messages } = await openConversation(by);
  const last = messages.at(-1);
  if (!last) throw new Error("The conversation is empty.");
  return { ...last, text: last.parts.map((part) => (part.type === "text" ? part.text : "")).join("") };
}

/** Waits until `check` holds, looking every 10 ms. @throws Error after `withinMs` */
export async function until(check: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`This did not come true within ${withinMs} ms: ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
