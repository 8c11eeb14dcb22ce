import type { SignedInCaller } from "@/lib/http/caller";
import type { Model } from "../contract";
import { upstreamStates } from "../upstream-states";

/** The names of the hosts that a caller's key can be limited to: those of the models they may use and, for an admin, every one in use, also without a model yet. */
export async function hostChoices({ role }: Pick<SignedInCaller, "role">, usable: Model[]): Promise<string[]> {
  const having = usable.flatMap(({ upstreams }) => upstreams.map(({ name }) => name));
  const all = role === "admin" ? (await upstreamStates()).filter(({ enabled }) => enabled).map(({ name }) => name) : [];
  return [...new Set([...all, ...having])];
}
