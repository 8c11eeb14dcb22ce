import type { ApiKey, KeyChanges, NewKeyInput } from "@/lib/auth/keys/contract";
import type { ActionResult } from "@/lib/core/action-result";

/** What the settings can do with keys, as server actions. */
export type KeyActions = {
  makeKey: (input: NewKeyInput) => Promise<ActionResult<ApiKey & { key: string }>>;
  changeKey: (input: Omit<KeyChanges, "sharesCache"> & { id: string }) => Promise<ActionResult<void>>;
  endKey: (input: { id: string }) => Promise<ActionResult<void>>;
};

/** Lets a key answer from one cache with others, or takes it out. */
export type ShareCache = (input: { id: string; sharesCache: boolean }) => Promise<ActionResult<void>>;

/** What a key can be limited to: models by their ids, hosts by their names. */
export type KeyChoices = { models: string[]; hosts: string[] };
