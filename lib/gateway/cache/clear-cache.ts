import { deleteCacheEntries } from "@/db/queries/cache-entries";
import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import { canonicalModelId } from "../canonical-id";
import { announceForgotten } from "./forgotten-signals";
import { forgetAnswers } from "./memory-cache";
import { forgetQuestions } from "./question-index";
import { flushCache } from "./stored-answers";

type Given = { caller: Pick<Caller, "userId" | "role">; mine?: boolean; model?: string };

/**
 * Forgets kept answers, in every process: those to the caller's own calls, what their keys share with others' among them,
 * or everybody's, of one model or of all.
 * @returns how many were kept · @throws ForbiddenError when others than admins would forget everybody's
 */
export async function clearCache({ caller, mine = false, model }: Given): Promise<{ removed: number }> {
  if (!mine && caller.role !== "admin") {
    throw new ForbiddenError("Only an admin may clear everybody's kept answers. Add mine=true to clear your own.");
  }
  const fitting = { ownerId: mine ? caller.userId : undefined, model: model && canonicalModelId(model) };
  // What waits to be stored would come back after it.
  await flushCache();
  const removed = await audited(
    (tx) => deleteCacheEntries(tx, fitting),
    (count) => ({
      action: "cache.cleared",
      target: { kind: "cache", name: mine ? "own answers" : "everybody's answers" },
      after: { removed: count, model: fitting.model ?? null },
    }),
  );
  forgetAnswers(fitting);
  forgetQuestions();
  await announceForgotten(fitting);
  return { removed };
}
