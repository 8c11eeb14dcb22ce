import { POST as createKey } from "@/app/api/v1/keys/route";
import type { NewKeyInput } from "@/lib/auth/keys/contract";
import { bearer, post } from "./accounts";

/** A key as the API answers it, with the key itself. */
export type MadeKey = { id: string; key: string; hint: string } & Record<string, unknown>;

/** Asks the REST API for a key. */
export const askForKey = (accessToken: string, given: Partial<NewKeyInput> & Record<string, unknown> = {}) =>
  post(createKey, { name: "A program", ...given }, bearer(accessToken));

/** Makes a key over the REST API. @throws Error unless it worked */
export async function madeKey(accessToken: string, given: Partial<NewKeyInput> = {}): Promise<MadeKey> {
  const response = await askForKey(accessToken, given);
  if (response.status !== 201) throw new Error(`Making a key answered ${response.status}: ${await response.text()}`);
  return response.json();
}
