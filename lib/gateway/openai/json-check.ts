import { z } from "zod";
import { runBounded, timedOut } from "./run-bounded";

/** What is wrong with a text, in words that a model can mend it by; undefined when nothing is. */
export type TextCheck = (text: string) => string | undefined;

const maxIssues = 5;
/** References can make a small schema ask for years of work; nobody else is served meanwhile. */
const mostMs = 100;

/**
 * Checks that a text is JSON of a schema; of any, when there is none. What zod cannot express of a JSON Schema is not
 * checked, nor what takes it longer than a tenth of a second, and neither are its patterns: a regular expression of a
 * caller's could hold up the process for hours.
 */
export function jsonCheck(schema: Record<string, unknown> | undefined): TextCheck {
  const hasReferences = schema !== undefined && JSON.stringify(schema).includes('"$ref"');
  const inTime = <Value>(work: () => Value): Value | undefined => {
    const found = hasReferences ? runBounded(work, mostMs) : work();
    return found === timedOut ? undefined : found;
  };
  const shape = schema && inTime(() => toZod(schema));
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return `It is not JSON: ${error instanceof Error ? error.message : error}`;
    }
    const issues = (shape && inTime(() => issuesOf(shape, value))) ?? [];
    if (issues.length === 0) return undefined;
    const faults = issues.slice(0, maxIssues).map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
    return `It does not match the JSON schema. ${faults.join("; ")}`;
  };
}

/** What a value is at fault in. A schema that only ever points at itself asks for nothing, and takes more stack than there is to say so. */
function issuesOf(shape: z.ZodType, value: unknown): z.core.$ZodIssue[] {
  try {
    return shape.safeParse(value).error?.issues ?? [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function toZod(schema: Record<string, unknown>): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(withoutPatterns(schema) as z.core.JSONSchema.JSONSchema);
  } catch {
    return undefined;
  }
}

/** Keywords whose value maps names that people choose to schemas. */
const nameMaps = new Set(["properties", "$defs", "definitions"]);
/** Keywords whose value is data, not a schema. */
const data = new Set(["enum", "const", "default", "examples"]);

function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name]) => name !== "pattern" && name !== "patternProperties");
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (data.has(name)) return [name, value];
      return [name, nameMaps.has(name) ? mapValues(value) : withoutPatterns(value)];
    }),
  );
}

function mapValues(schemas: unknown): unknown {
  if (typeof schemas !== "object" || schemas === null) return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutPatterns(schema)]));
}
