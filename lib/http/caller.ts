import type { KeyScope } from "@/db/schema/json";

type Person = {
  userId: string;
  email: string;
  name: string;
  /** The account's own role; what an admin's API key may do of it, its scopes say (`requireAdmin`). */
  role: "admin" | "user";
};

/** Somebody who signed in. Revoking the sign-in `sessionId` ends the access at once. */
export type SignedInCaller = Person & { via: "cookie" | "token"; sessionId: string; key?: undefined };

/** A program with an API key of the account, which belongs to no sign-in. Revoking the key ends the access at once. */
export type KeyCaller = Person & { via: "key"; sessionId: null; key: KeyGrant };

/** Who is calling, found out from a cookie, a token or a key and from nothing else. */
export type Caller = SignedInCaller | KeyCaller;

/** What an API key allows, and how its calls are answered. Null lists are no restriction. */
export type KeyGrant = {
  id: string;
  scopes: KeyScope[];
  models: string[] | null;
  upstreams: string[] | null;
  cache: "deterministic" | "always" | "similar" | "off";
  similarity: number | null;
  sharesCache: boolean;
};
