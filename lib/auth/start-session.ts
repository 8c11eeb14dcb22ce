import { db } from "@/db/database";
import { type SessionKind, saveSession } from "@/db/queries/sessions";
import { newId } from "@/lib/core/ids";
import { sessionEnd } from "./lifetimes";

/** The device a sign-in comes from, as its owner sees it in the list of sessions. */
export type Device = { address: string; userAgent: string };

const longestUserAgent = 300;

/** Records a sign-in and gives its id. It stands for 30 days unless it is revoked or refreshed. */
export async function startSession(userId: string, kind: SessionKind, device: Device): Promise<string> {
  const id = newId();
  const userAgent = device.userAgent.slice(0, longestUserAgent);
  await saveSession(db(), { id, userId, kind, userAgent, address: device.address, expiresAt: sessionEnd() });
  return id;
}

/** The device that sent these headers. */
export function deviceOf(headers: Headers, address: string): Device {
  return { address, userAgent: headers.get("user-agent") ?? "" };
}
