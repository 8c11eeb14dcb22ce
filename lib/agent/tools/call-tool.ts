import { findTool } from "./registry";
import type { ToolContext } from "./tool";

/** What a call came to. Errors are values that the model can read and act on. */
export type ToolOutcome = { ok: true; output: unknown } | { ok: false; error: string };

/**
 * Runs one tool call within its time limit, its input validated and its output cut to size.
 * Never throws, except what `context.signal` was aborted with.
 */
export async function callTool(name: string, input: unknown, context: ToolContext): Promise<ToolOutcome> {
  const tool = findTool(name);
  if (!tool) return { ok: false, error: `There is no tool called ${name}.` };
  const parsed = tool.input.safeParse(input);
  if (!parsed.success)
    return { ok: false, error: parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`).join("; ") };
  const unavailable = await tool.unavailable?.(context);
  if (unavailable) return { ok: false, error: unavailable };
  const timeLimit = AbortSignal.timeout(tool.timeoutMs);
  const signal = AbortSignal.any([context.signal, timeLimit]);
  try {
    const output = await Promise.race([Promise.resolve(tool.run(parsed.data, { ...context, signal })), rejectOnAbort(signal)]);
    return { ok: true, output: cutToSize(output, tool.maxOutputChars) };
  } catch (error) {
    context.signal.throwIfAborted();
    if (timeLimit.aborted) return { ok: false, error: `${name} took longer than ${tool.timeoutMs / 1000} seconds and was stopped.` };
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function cutToSize(output: unknown, maxChars: number): unknown {
  const text = JSON.stringify(output) ?? "null";
  return text.length <= maxChars ? output : `${text.slice(0, maxChars)}… (cut after ${maxChars} of ${text.length} characters)`;
}
