import { DELETE as revoke, PATCH as update } from "@/app/api/v1/keys/[id]/route";
import { POST as createKey, GET as listKeys } from "@/app/api/v1/keys/route";
import type { NewKeyInput } from "@/lib/auth/keys/contract";
import { bearer, post } from "./accounts";
import type { RouteHandler } from "./route-files";

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

/** Calls a handler as the holder of a token or key. */
export function callAs(token: string, handler: RouteHandler, given: { method?: string; id?: string; query?: string; body?: unknown } = {}) {
  const { method = "GET", id, query = "", body } = given;
  const request = new Request(`http://localhost:3000/${query}`, {
    method,
    headers: { ...bearer(token), "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return handler(request, { params: Promise.resolve<Record<string, string>>(id ? { id } : {}) });
}

/** Gets from a handler as the holder of a token or key; `query` with its question mark. */
export const getAs = (token: string, handler: unknown, query?: string) => callAs(token, handler as RouteHandler, { query });

export const revokeKey = (token: string, id: string) => callAs(token, revoke as RouteHandler, { method: "DELETE", id });

export const changeKey = (token: string, id: string, body: unknown) => callAs(token, update as RouteHandler, { method: "PATCH", id, body });

/** The keys that the API lists for the holder of a token. */
export const listedKeys = async (token: string, query?: string): Promise<MadeKey[]> =>
  (await (await getAs(token, listKeys, query)).json()).items;
