import { createHmac } from "node:crypto";

/**
 * What a webhook's receiver checks a body by: `t=<seconds since 1970>,v1=<hex>`, where the hex is the HMAC-SHA256 (RFC 2104) of
 * `<seconds>.<body>` under the channel's secret. The time is signed too, so that what was recorded cannot be sent again later.
 */
export function signWebhook(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}
