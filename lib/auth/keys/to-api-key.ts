import type { ListedKey } from "@/db/queries/api-keys";
import type { ApiKey } from "./contract";

/** A stored key as it is shown. */
export function toApiKey({ isExpired, revokedAt, ...key }: ListedKey): ApiKey {
  return { ...key, state: revokedAt ? "revoked" : isExpired ? "expired" : "active" };
}
