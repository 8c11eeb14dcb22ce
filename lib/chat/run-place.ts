import type { UIMessage } from "ai";
import { db } from "@/db/database";
import { listBranch, listSiblingIds } from "@/db/queries/messages";
import type { RunTask } from "@/db/queries/runs";
import type { RouteDecision } from "@/db/schema/json";

/** Where in the tree a run writes. */
export type RunPlace = {
  parentId: string | null;
  /** All versions of the reply, itself included. */
  siblings: string[];
  /** The messages before the reply, oldest first, and the reply itself where it has been stored before. */
  branch: BranchMessage[];
};

/** A message of a branch; a reply has how its model was chosen, when it was left to Hearth. */
export type BranchMessage = UIMessage & { route?: RouteDecision | null };

/** What is known of a run's place without the database. */
export type KnownPlace = Omit<RunPlace, "branch"> & { branch?: BranchMessage[] };

/** Completes what the caller knows of a run's place from the database. @throws Error when the reply is not there */
export async function findRunPlace(run: RunTask, known?: KnownPlace): Promise<RunPlace> {
  const { conversationId, ownerId, messageId } = run;
  if (known?.branch) return { ...known, branch: known.branch };
  const branch = await listBranch(db(), { conversationId, ownerId, leafId: messageId });
  const reply = branch.at(-1);
  if (!reply) throw new Error("The reply's message is missing.");
  const { parentId } = reply;
  return { parentId, siblings: known?.siblings ?? (await listSiblingIds(db(), { conversationId, ownerId, parentId })), branch };
}
