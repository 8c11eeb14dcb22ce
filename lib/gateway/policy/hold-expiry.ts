import { gatewaySettings } from "../gateway-settings";

/** Time for what a call does beside waiting and answering. */
const slackMs = 60_000;

/** When a call that begins now must have ended. What it holds after that is left of a process that died. */
export function holdExpiry(): Date {
  const { replyTimeoutMs, queueTimeoutMs } = gatewaySettings();
  return new Date(Date.now() + replyTimeoutMs + queueTimeoutMs + slackMs);
}
