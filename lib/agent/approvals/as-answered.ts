import { isToolUIPart, type UIMessage } from "ai";

type Part = UIMessage["parts"][number];

/** What the model reads of a call that the person did not allow. */
export function deniedText(reason: string | undefined): string {
  return `The person did not allow this call, and it was not made.${reason ? ` They say: ${reason}` : ""}`;
}

/** A part as the model is told of it: approvals are between Hearth and the person, and a refused call is one that failed. */
export function asAnswered(part: Part): Part {
  if (!isToolUIPart(part) || !part.approval) return part;
  const { approval, ...call } = part;
  return call.state === "output-denied"
    ? ({ ...call, state: "output-error", errorText: deniedText(approval.reason) } as Part)
    : (call as Part);
}
