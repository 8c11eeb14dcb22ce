import type { z } from "zod";
import { type JsonSchema, jsonSchemaOf, type SharedSchemas } from "@/lib/http/json-schema";
import type { OwnedThings } from "./owned-things";

/** An id that nothing has. */
const nobodysId = "00000000-0000-4000-8000-000000000000";

/**
 * Input that a schema accepts, made from its JSON Schema: the required fields, those that can name one of the given things, and the message that a chat needs.
 * @param things whose ids go into fields of that name; a field without one gets an id that nothing has
 */
export function sampleOf(schema: z.ZodType | undefined, things: OwnedThings | undefined): unknown {
  if (!schema) return {};
  const shared: SharedSchemas = {};
  return sampleOfJson(jsonSchemaOf(schema, "input", shared), { things, shared });
}

/** The same from a JSON Schema, for the field called `name`. */
export function sampleOfJson(schema: JsonSchema, given: Given, name = ""): unknown {
  return sample(schema as Shape, given, name);
}

/** Whose ids go into fields of their names, and the schemas that others point at. */
export type Given = { things?: OwnedThings; shared: SharedSchemas };

/** A schema, or the shared one that it points at. */
export function resolved(schema: JsonSchema, shared: SharedSchemas): JsonSchema {
  const { $ref } = schema as Shape;
  return $ref ? (shared[$ref.replace("#/components/schemas/", "")] ?? {}) : schema;
}

type Shape = {
  $ref?: string;
  type?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  items?: Shape;
  minItems?: number;
  minLength?: number;
  minimum?: number;
};

function sample(pointer: Shape, given: Given, name = ""): unknown {
  const own = given.things?.[name as keyof OwnedThings];
  if (own) return own;
  const shape = resolved(pointer, given.shared) as Shape;
  if (shape.enum) return shape.enum[0];
  if ("const" in shape) return shape.const;
  if (shape.oneOf) return sample(shape.oneOf[0] ?? {}, given, name);
  if (shape.anyOf) return sample(shape.anyOf[0] ?? {}, given, name);
  if (shape.type === "object") return sampleObject(shape, given);
  if (shape.type === "array") return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}, given));
  if (shape.type === "boolean") return false;
  if (shape.type === "integer" || shape.type === "number") return shape.minimum ?? 1;
  if (shape.format === "uuid") return nobodysId;
  // The one that fake hosts have, so that a call gets as far as the host.
  if (name === "model") return "llama3.2:3b";
  if (name === "email") return "someone@example.org";
  return "a".repeat(Math.max(10, shape.minLength ?? 0));
}

function sampleObject({ properties = {}, required = [] }: Shape, given: Given): Record<string, unknown> {
  const wanted = Object.keys(properties).filter(
    (name) => required.includes(name) || name === "message" || (given.things && name in given.things),
  );
  return Object.fromEntries(wanted.map((name) => [name, sample(properties[name] ?? {}, given, name)]));
}
