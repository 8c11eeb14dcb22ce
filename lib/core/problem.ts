import { z } from "zod";
import { AppError } from "./errors";

/** RFC 9457 problem details, with Hearth's `code`, `requestId` and `issues`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    reason: z.string().optional().describe("Why a model call failed, for model_unavailable and model_timeout"),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof problem>;

const titles: Record<string, string> = {
  invalid_request: "The request is not valid",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "In conflict with the present state",
  too_large: "Too large",
  unsupported_type: "Unsupported content type",
  rate_limited: "Too many requests",
  budget_exceeded: "Budget exceeded",
  internal: "Something went wrong",
  model_unavailable: "No model could answer",
  model_timeout: "The model took too long",
};

/** What a caller may see of an error. Anything but an AppError becomes `internal` with its message hidden. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = error instanceof AppError ? error : undefined;
  const code = known?.code ?? "internal";
  return {
    type: `/docs/api#${code}`,
    title: titles[code] ?? code,
    status: known?.status ?? 500,
    code,
    detail: known?.message ?? `Something went wrong on our side. The log has it under request ${requestId}.`,
    requestId,
    ...(known?.issues && { issues: known.issues }),
    ...(known && "reason" in known && { reason: String(known.reason) }),
  };
}
