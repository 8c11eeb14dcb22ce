import { db } from "@/db/database";
import { getKeyRow, updateKeyRow } from "@/db/queries/api-keys";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import { requireAdmin } from "../require-admin";
import type { ApiKey, KeyChanges } from "./contract";
import { toApiKey } from "./to-api-key";
import { whoseKeys } from "./whose-keys";

type Given = KeyChanges & { id: string };

/** Changes a key of the caller's, or anybody's for admins. @throws NotFoundError · ForbiddenError when others than admins share its cache */
export async function updateKey(caller: Caller, { id, ...change }: Given): Promise<ApiKey> {
  const by = { id, ownerId: whoseKeys(caller) };
  const key = await getKeyRow(db(), by);
  if (change.sharesCache !== undefined) requireAdmin(caller);
  if (Object.keys(change).length === 0) return toApiKey(key);
  const { name, cache, similarity, sharesCache } = key;
  return audited(
    async (tx) => {
      await updateKeyRow(tx, by, change);
      return toApiKey(await getKeyRow(tx, by));
    },
    (changed) => ({
      action: "key.changed",
      target: { kind: "key", id, name: changed.name },
      before: { name, cache, similarity, sharesCache },
      after: { name: changed.name, cache: changed.cache, similarity: changed.similarity, sharesCache: changed.sharesCache },
    }),
  );
}
