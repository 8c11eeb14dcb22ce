import { jsonSchema, type ToolSet, tool } from "ai";
import { z } from "zod";
import { selectTools } from "./registry";

/** The tools as the model is told of them; `act` runs them, not the SDK. Undefined when there are none. */
export function declareTools(names: string[]): ToolSet | undefined {
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    selectTools(names).map(({ name, description, input }) => [name, tool({ description, inputSchema: jsonSchema(schemaOf(input)) })]),
  );
}

/** The same as one text, for counting what it takes of the context. */
export function describeTools(names: string[]): string {
  return selectTools(names)
    .map(({ name, description, input }) => JSON.stringify({ name, description, parameters: schemaOf(input) }))
    .join("\n");
}

const schemaOf = (input: z.ZodType) => z.toJSONSchema(input, { io: "input" }) as Parameters<typeof jsonSchema>[0];
