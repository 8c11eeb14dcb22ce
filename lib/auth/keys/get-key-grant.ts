import { db } from "@/db/database";
import { findLiveKeyById } from "@/db/queries/api-keys";
import { ForbiddenError } from "@/lib/core/errors";
import type { KeyGrant } from "@/lib/http/caller";
import { toKeyGrant } from "./to-key-grant";

/**
 * What a key allows now, for work that was asked for with it and begins later, perhaps on another instance.
 * @returns undefined when there was no key
 * @throws ForbiddenError when the key was revoked or has expired since
 */
export async function getKeyGrant(by: { keyId: string | undefined; ownerId: string }): Promise<KeyGrant | undefined> {
  if (!by.keyId) return undefined;
  const found = await findLiveKeyById(db(), { id: by.keyId, ownerId: by.ownerId });
  if (!found) throw new ForbiddenError("The API key that this was asked for with is revoked or has expired. Ask again with another.");
  return toKeyGrant(found.key);
}
