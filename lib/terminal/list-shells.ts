import type { Caller } from "@/lib/http/caller";
import type { ShellInfo } from "./contract";
import { shells } from "./shells";

/** The caller's shells in the order in which they began, those that ended a short while ago included. */
export function listShells(caller: Caller): ShellInfo[] {
  return [...shells().values()].filter(({ ownerId }) => ownerId === caller.userId).map(({ info }) => info);
}
