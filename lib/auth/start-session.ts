import { type SessionKind, saveSession } from "@/db/queries/sessions";
import { getUser } from "@/db/queries/users";
import { newId } from "@/lib/core/ids";
import { audited } from "@/lib/monitoring/audit/record-event";
import { sessionEnd } from "./lifetimes";

/** The device a sign-in comes from, as its owner sees it in the list of sessions. */
export type Device = { address: string; userAgent: string };

const longestUserAgent = 300;

/** Records a sign-in and gives its id. It stands for 30 days unless it is revoked or refreshed. */
export async function startSession(userId: string, kind: SessionKind, device: Device): Promise<string> {
  const id = newId();
  const userAgent = device.userAgent.slice(0, longestUserAgent);
  const { address } = device;
  await audited(
    async (tx) => {
      await saveSession(tx, { id, userId, kind, userAgent, address, expiresAt: sessionEnd() });
      return getUser(tx, userId);
    },
    ({ email }) => ({
      action: "session.started",
      actor: { id: userId, name: email, via: kind === "browser" ? "cookie" : "token", address },
      target: { kind: "session", id, name: userAgent || address },
    }),
  );
  return id;
}

/** The device that sent these headers. */
export function deviceOf(headers: Headers, address: string): Device {
  return { address, userAgent: headers.get("user-agent") ?? "" };
}
