import type { JsonSchema } from "@/lib/http/json-schema";
import { badValues } from "./bad-input";
import { type Given, resolved, sampleOfJson } from "./sample-input";

type Shape = {
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
};

/** Objects that are no JSON Schema, or a treacherous one: what takes any object often wants one. */
const badSchemas = [
  { type: "nonsense" },
  { type: 5 },
  { type: "string", pattern: "(" },
  { type: "string", pattern: "(a+)+$" },
  { $ref: "#" },
  { $ref: "#/nowhere" },
  { $ref: "https://example.org/schema.json" },
  { $schema: "https://example.org/nowhere", $id: "x" },
  { type: "object", properties: null },
  { type: "object", properties: { a: { $ref: "#" } }, required: "a" },
  { anyOf: "x" },
  { allOf: [] },
  { enum: {} },
  { minimum: "1" },
  { items: [] },
];

/** A value that is right but for one place in it, and where that is. */
type Bad = [where: string, value: unknown];

/** No schema of ours is deeper. */
const maxDepth = 12;
/** Those whose size is what is bad about them are tried at the top alone, where they cost a test the most. */
const small = badValues.filter((value) => (JSON.stringify(value) ?? "").length <= 10_000);

/**
 * Every way in which a value of a JSON Schema can be bad somewhere within: in each field of each object, in the items of
 * lists and the values of records, in every branch of a choice, and with each required field missing. The value itself and
 * its own fields are not among them.
 */
export function* badWithin(schema: JsonSchema, good: unknown, given: Given): Generator<Bad> {
  const { properties = {} } = resolved(schema, given.shared) as Shape;
  for (const [name, field] of Object.entries(properties))
    for (const [where, value] of below(field, { given, name, depth: 1 })) yield [`${name}${where}`, { ...(good as object), [name]: value }];
}

type Place = { given: Given; name: string; depth: number };

/** What is bad below a place, whose own value is right. */
function* below(pointer: JsonSchema, place: Place): Generator<Bad> {
  const { given, name, depth } = place;
  if (depth > maxDepth) return;
  const schema = resolved(pointer, given.shared) as Shape;
  for (const [index, branch] of (schema.anyOf ?? schema.oneOf ?? []).entries())
    for (const [where, value] of below(branch, { ...place, depth: depth + 1 })) yield [`(${index})${where}`, value];
  if (schema.items) for (const [where, value] of at(schema.items, { given, name, depth: depth + 1 })) yield [`[]${where}`, [value]];
  if (schema.properties) yield* belowObject(schema, place);
  if (typeof schema.additionalProperties === "object") {
    for (const [where, value] of at(schema.additionalProperties, { given, name, depth: depth + 1 })) yield [`{}${where}`, { key: value }];
    for (const key of ["__proto__", "constructor", "", "a\u0000b", "a\ud800b", "k".repeat(1_000)])
      yield [`{${JSON.stringify(key).slice(0, 20)}}`, JSON.parse(`{${JSON.stringify(key)}:"x"}`)];
    for (const value of badSchemas) yield [`=${JSON.stringify(value)}`, value];
  }
}

function* belowObject({ properties = {}, required = [], ...schema }: Shape, { given, depth }: Place): Generator<Bad> {
  const good = sampleOfJson({ type: "object", ...schema, properties, required }, given) as Record<string, unknown>;
  for (const [name, field] of Object.entries(properties))
    for (const [where, value] of at(field, { given, name, depth: depth + 1 })) yield [`.${name}${where}`, { ...good, [name]: value }];
  for (const name of required) {
    const { [name]: _left, ...rest } = good;
    yield [` without ${name}`, rest];
  }
}

/** What is bad at a place or below it. */
function* at(schema: JsonSchema, place: Place): Generator<Bad> {
  for (const value of small) yield [`=${(JSON.stringify(value) ?? "").slice(0, 40)}`, value];
  yield* below(schema, place);
}
