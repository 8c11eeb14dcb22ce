import { z } from "zod";
import type { OwnedThings } from "./owned-things";

/** An id that nothing has. */
const nobodysId = "00000000-0000-4000-8000-000000000000";

/**
 * Input that a schema accepts, made from its JSON Schema: the required fields, those that can name one of the given things, and the message that a chat needs.
 * @param things whose ids go into fields of that name; a field without one gets an id that nothing has
 */
export function sampleOf(schema: z.ZodType | undefined, things: OwnedThings | undefined): unknown {
  if (!schema) return {};
  return sample(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape, things);
}

type Shape = {
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

function sample(shape: Shape, things: OwnedThings | undefined, name = ""): unknown {
  const own = things?.[name as keyof OwnedThings];
  if (own) return own;
  if (shape.enum) return shape.enum[0];
  if ("const" in shape) return shape.const;
  if (shape.oneOf) return sample(shape.oneOf[0] ?? {}, things, name);
  if (shape.anyOf) return sample(shape.anyOf[0] ?? {}, things, name);
  if (shape.type === "object") return sampleObject(shape, things);
  if (shape.type === "array") return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}, things));
  if (shape.type === "boolean") return false;
  if (shape.type === "integer" || shape.type === "number") return shape.minimum ?? 1;
  if (shape.format === "uuid") return nobodysId;
  // The one that fake hosts have, so that a call gets as far as the host.
  if (name === "model") return "llama3.2:3b";
  if (name === "email") return "someone@example.org";
  return "a".repeat(Math.max(10, shape.minLength ?? 0));
}

function sampleObject({ properties = {}, required = [] }: Shape, things: OwnedThings | undefined): Record<string, unknown> {
  const wanted = Object.keys(properties).filter((name) => required.includes(name) || name === "message" || (things && name in things));
  return Object.fromEntries(wanted.map((name) => [name, sample(properties[name] ?? {}, things, name)]));
}
