import { isDeepStrictEqual } from "node:util";
import { type ApprovalFacts, factsOf } from "@/lib/agent/approvals/contract";
import { findTool } from "@/lib/agent/tools/registry";
import { ConflictError, InvalidRequestError } from "@/lib/core/errors";
import { storable } from "../storable";
import { type AskedPart, toolNameOf } from "./find-asked";

/** What a person says of a call. `input` of an approval must be what waits, of an edit it is what is run instead. */
export type Decision = {
  decision: "approve" | "reject" | "edit";
  input?: Record<string, unknown>;
  reason?: string;
  remember?: "conversation";
};

/** The call as it is once decided; `remembered` is the input that is always allowed from now on, if one is. */
type Decided = { part: AskedPart; remembered?: unknown };

/** What a decision makes of a call. @throws InvalidRequestError when the decision lacks something or the tool does not take the input · ConflictError when another input waits than was approved */
export function readDecision(given: Decision, asked: AskedPart): Decided {
  const { decision, reason, remember } = given;
  const isApproved = decision !== "reject";
  if (!isApproved && remember) throw invalid("remember", "Only what is approved can be remembered");
  const input = decision === "edit" ? editedInput(given, asked) : asked.input;
  if (decision === "approve" && given.input !== undefined && !isDeepStrictEqual(given.input, asked.input))
    throw new ConflictError("Another input waits than the one that you approve. Load the chat to see it.");
  const isChanged = !isDeepStrictEqual(input, asked.input);
  const facts: ApprovalFacts = {
    ...(factsOf(asked.approval) ?? { askedAt: new Date().toISOString() }),
    decidedAt: new Date().toISOString(),
    ...(isChanged && { proposed: asked.input }),
    ...(remember && { remember }),
  };
  const approval = { ...asked.approval, approved: isApproved, ...(reason && { reason }), descriptor: facts };
  const part = { ...asked, state: "approval-responded", input, approval } as AskedPart;
  return { part, remembered: remember ? input : undefined };
}

/** The input that is to be run instead. It may not need cleaning: what is approved is what is run. */
function editedInput({ input }: Decision, asked: AskedPart): unknown {
  if (!input) throw invalid("input", "Required for an edit");
  if (!isDeepStrictEqual(storable(input), input)) throw invalid("input", "Must be well-formed text, not nested deeper than 100 levels");
  const parsed = findTool(toolNameOf(asked))?.input.safeParse(input);
  if (parsed?.success) return parsed.data;
  const [issue] = parsed?.error.issues ?? [];
  throw invalid(["input", ...(issue?.path ?? [])].join("."), issue?.message ?? "There is no such tool any more");
}

function invalid(field: string, message: string): InvalidRequestError {
  return new InvalidRequestError(`The decision cannot be taken: ${field} is not right. ${message}.`, [{ path: `body.${field}`, message }]);
}
