import type { z } from "zod";

/** How much harm a tool could do: `read` changes nothing, `write` changes the user's things, `execute` runs commands. */
export type ToolRisk = "read" | "write" | "execute";

/** What a tool knows of its caller. Identity comes from here, never from the model's input. */
export type ToolContext = { userId: string; signal: AbortSignal };

/** A tool the agent can offer to a model. */
export type Tool<Input = unknown> = {
  /** What the model calls it: lower case with underscores. */
  name: string;
  /** Says when to use it. */
  description: string;
  input: z.ZodType<Input>;
  /** Longest a call may take. */
  timeoutMs: number;
  risk: ToolRisk;
  /** Longer results are cut, with a note that they were. */
  maxOutputChars: number;
  run(input: Input, context: ToolContext): unknown;
};

/** Declares a tool, keeping the type of its input. */
export function defineTool<Input>(tool: Tool<Input>): Tool<Input> {
  return tool;
}
