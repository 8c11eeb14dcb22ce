import { getKeyRow, saveKey } from "@/db/queries/api-keys";
import { ForbiddenError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { SignedInCaller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import type { ApiKey, NewKey } from "./contract";
import { hashKeyToken, newKeyToken } from "./key-token";
import { toApiKey } from "./to-api-key";

const hintChars = 4;

/**
 * Makes an API key of the caller's. Only somebody who signed in can: a leaked key must not live on in others that it made.
 * @returns the key as lists have it, and once, as `key`, what its program sends
 * @throws ForbiddenError when others than admins ask for a scope that is an admin's · ConflictError past 100 keys that work
 */
export async function createKey(caller: SignedInCaller, given: NewKey): Promise<ApiKey & { key: string }> {
  if (given.scopes.includes("metrics") && caller.role !== "admin") {
    throw new ForbiddenError("Only an admin's key can read metrics. Leave out the scope metrics.");
  }
  const id = newId();
  const ownerId = caller.userId;
  const key = newKeyToken();
  const { limits, budget, models = null, upstreams = null, expiresAt = null, similarity = null, ...others } = given;
  const stored = { id, ownerId, tokenHash: hashKeyToken(key), hint: key.slice(-hintChars) };
  const row = { ...others, ...stored, scopes: [...new Set(given.scopes)], models, upstreams, expiresAt, similarity };
  const made = await audited(
    async (tx) => {
      await saveKey(tx, row, { limits, budget });
      return toApiKey(await getKeyRow(tx, { id, ownerId }));
    },
    ({ name, scopes, expiresAt: ends, ...stored }) => ({
      action: "key.created",
      target: { kind: "key", id, name },
      after: { name, scopes, models, upstreams, expiresAt: ends, limits: stored.limits, budgets: stored.budgets, cache: stored.cache },
    }),
  );
  return { ...made, key };
}
