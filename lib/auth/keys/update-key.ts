import type { z } from "zod";
import { db } from "@/db/database";
import { getKeyRow, updateKeyRow } from "@/db/queries/api-keys";
import type { Caller } from "@/lib/http/caller";
import { requireAdmin } from "../require-admin";
import type { ApiKey, keyChanges } from "./contract";
import { toApiKey } from "./to-api-key";
import { whoseKeys } from "./whose-keys";

type Given = z.output<typeof keyChanges> & { id: string };

/** Changes a key of the caller's, or anybody's for admins. @throws NotFoundError · ForbiddenError when others than admins share its cache */
export async function updateKey(caller: Caller, { id, ...change }: Given): Promise<ApiKey> {
  const by = { id, ownerId: whoseKeys(caller) };
  const key = await getKeyRow(db(), by);
  if (change.sharesCache !== undefined) requireAdmin(caller);
  if (Object.keys(change).length === 0) return toApiKey(key);
  await updateKeyRow(db(), by, change);
  return toApiKey(await getKeyRow(db(), by));
}
