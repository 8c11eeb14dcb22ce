import type { z } from "zod";
import type { KeyGrant } from "@/lib/http/caller";

/** How much harm a tool could do: `read` changes nothing, `write` changes the user's things, `execute` runs commands. */
export type ToolRisk = "read" | "write" | "execute";

/** Who calls a tool: the person, and the API key that the run was asked for with. */
export type ToolCaller = { userId: string; key?: KeyGrant };

/** What a tool knows of its caller. Identity comes from here, never from the model's input. */
export type ToolContext = ToolCaller & { signal: AbortSignal };

/** A tool the agent can offer to a model. */
export type Tool<Input = unknown> = {
  /** What the model calls it: lower case with underscores. */
  name: string;
  /** Says when to use it. */
  description: string;
  /** Of a tool that asks it must not transform: what a person approves is what is run. */
  input: z.ZodType<Input>;
  /** Longest a call may take. */
  timeoutMs: number;
  /** Calls of any tool but those that `read` wait for the person's approval. */
  risk: ToolRisk;
  /** Of a tool that asks: where and as whom an approved call would be carried out, in a sentence for the person. */
  describeEffect?(): string;
  /** Why this caller cannot have the tool now, in plain words; null when they can. It is asked before each offer and each call. */
  unavailable?(caller: ToolCaller): Promise<string | null>;
  /** Longer results are cut, with a note that they were. */
  maxOutputChars: number;
  run(input: Input, context: ToolContext): unknown;
};

/** Declares a tool, keeping the type of its input. */
export function defineTool<Input>(tool: Tool<Input>): Tool<Input> {
  return tool;
}
