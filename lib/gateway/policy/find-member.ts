import { LRUCache } from "lru-cache";
import { db } from "@/db/database";
import { findMembership } from "@/db/queries/groups";
import { processGlobal } from "@/lib/core/process-global";

type Member = { isAdmin: boolean; groupIds: string[] };

/** A role or a group that another instance's admin changed counts after this long. */
const keptMs = 15_000;

const members = () =>
  processGlobal(
    "policy-members",
    () =>
      new LRUCache<string, Member>({
        max: 10_000,
        ttl: keptMs,
        fetchMethod: async (userId) => toMember(await findMembership(db(), userId)),
      }),
  );

/** What a user's rights and limits depend on, from memory where it is known. Someone without an account has no rights. */
export async function findMember(userId: string): Promise<Member> {
  return (await members().fetch(userId)) ?? toMember(null);
}

/** Forgets who is in which group, after a change of groups. */
export function forgetMembers(): void {
  members().clear();
}

function toMember(found: Awaited<ReturnType<typeof findMembership>>): Member {
  return { isAdmin: found?.role === "admin", groupIds: found?.groupIds ?? [] };
}
