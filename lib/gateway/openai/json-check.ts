import { z } from "zod";
import { runBounded, timedOut } from "./run-bounded";

/** What is wrong with a text, in words that a model can mend it by; undefined when nothing is. */
export type TextCheck = (text: string) => string | undefined;

const maxIssues = 5;
/** A small schema can ask for years of work, by references or by types that are named twice; nobody else is served meanwhile. */
const mostMs = 100;

/**
 * Checks that a text is JSON of a schema; of any, when there is none. What zod cannot express of a JSON Schema is not
 * checked, nor what takes it longer than a tenth of a second, and neither are its patterns: a regular expression of a
 * caller's could hold up the process for hours. The schema is first read when there is a text to check.
 */
export function jsonCheck(schema: Record<string, unknown> | undefined): TextCheck {
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return `It is not JSON: ${error instanceof Error ? error.message : error}`;
    }
    if (!schema) return undefined;
    const issues = runBounded(() => issuesOf(schema, value), mostMs);
    if (issues === timedOut || issues.length === 0) return undefined;
    const faults = issues.slice(0, maxIssues).map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
    return `It does not match the JSON schema. ${faults.join("; ")}`;
  };
}

/**
 * What a value is at fault in. Whatever zod throws says nothing of the value: it cannot express the schema, or the schema
 * only ever points at itself, which asks for nothing and takes more stack than there is to say so.
 */
function issuesOf(schema: Record<string, unknown>, value: unknown): z.core.$ZodIssue[] {
  try {
    // zod's own registry would keep every schema that has an id for as long as the process lives.
    const shape = z.fromJSONSchema(checkablePart(schema) as z.core.JSONSchema.JSONSchema, { registry: z.registry() });
    // A check that runs once is not worth compiling.
    return shape.safeParse(value, { jitless: true }).error?.issues ?? [];
  } catch {
    return [];
  }
}

/** Keywords whose value maps names that people choose to schemas. */
const nameMaps = new Set(["properties", "$defs", "definitions"]);
const leftOut = new Set(["pattern", "patternProperties", "default"]);
/** Keywords whose value is data, not a schema. */
const data = new Set(["enum", "const", "examples"]);

function checkablePart(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(checkablePart);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => !isLeftOut(name, value));
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (data.has(name)) return [name, value];
      return [name, nameMaps.has(name) ? mapValues(value) : checkablePart(value)];
    }),
  );
}

/**
 * Patterns; defaults, which zod would put in the place of what is missing; and values that are objects, which it takes to be
 * equal only to themselves.
 */
function isLeftOut(name: string, value: unknown): boolean {
  const isObject = (item: unknown) => typeof item === "object" && item !== null;
  if (name === "const") return isObject(value);
  if (name === "enum") return Array.isArray(value) && value.some(isObject);
  return leftOut.has(name);
}

function mapValues(schemas: unknown): unknown {
  if (typeof schemas !== "object" || schemas === null) return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, checkablePart(schema)]));
}
