import type { GbnfJsonSchema } from "node-llama-cpp";

type Json = Record<string, unknown>;

const anyScalar = { type: ["string", "number", "boolean", "null"] };
const formats = new Set(["date-time", "time", "date"]);
/** llama.cpp refuses a repetition once its count times the rules in it, of which there are up to three, is near 2,000. */
const mostRepeated = 500;

/**
 * A JSON Schema (draft 7 or 2020-12) as the grammar library takes it. What a grammar cannot express (patterns, number
 * bounds, `not`, lengths and counts over 500) is left out, so the reply has the right shape but is still to be validated.
 * Every property is written, also the optional ones. Takes time in proportion to the schema's size.
 */
export function toGbnfSchema(schema: unknown): GbnfJsonSchema {
  const root = isObject(schema) ? schema : {};
  const definitions = { ...asObject(root.definitions), ...asObject(root.$defs) };
  const converted = convert(root);
  const names = Object.keys(definitions);
  const $defs = Object.fromEntries(names.map((name) => [name, convert(definitions[name])]));
  // The library's type is a union that a converted object cannot be checked against; it validates at run time.
  return (names.length > 0 ? { ...converted, $defs } : converted) as GbnfJsonSchema;
}

function convert(schema: unknown): Json {
  if (!isObject(schema)) return anyScalar;
  if (typeof schema.$ref === "string") return { $ref: schema.$ref.replace("#/definitions/", "#/$defs/") };
  const choices = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(choices)) return { oneOf: choices.map(convert) };
  if (Array.isArray(schema.allOf)) return convert(mergeAll([{ ...schema, allOf: undefined }, ...schema.allOf.filter(isObject)]));
  if (schema.const !== undefined) return convertValue(schema.const);
  if (Array.isArray(schema.enum)) return { oneOf: schema.enum.map(convertValue) };
  // A type that is named twice would double the work at every level.
  if (Array.isArray(schema.type)) return { oneOf: [...new Set(schema.type)].map((type) => convertType(schema, type)) };
  return convertType(schema, schema.type ?? impliedType(schema));
}

function impliedType({ properties, items, prefixItems }: Json): string | undefined {
  if (properties) return "object";
  return items || prefixItems ? "array" : undefined;
}

/** Only what belongs to the type: a null of `["object", "null"]` has no properties. */
function convertType(schema: Json, type: unknown): Json {
  if (type === undefined) return anyScalar;
  if (type === "object") return { type, ...bounds(schema, ["minProperties", "maxProperties"]), ...convertObject(schema) };
  if (type === "array") return { type, ...bounds(schema, ["minItems", "maxItems"]), ...convertArray(schema) };
  if (type !== "string") return { type };
  const { format } = schema;
  return typeof format === "string" && formats.has(format) ? { type, format } : { type, ...bounds(schema, ["minLength", "maxLength"]) };
}

function bounds(schema: Json, names: string[]): Json {
  const isKept = (count: unknown) => Number.isInteger(count) && Number(count) >= 0 && Number(count) <= mostRepeated;
  return Object.fromEntries(names.filter((name) => isKept(schema[name])).map((name) => [name, schema[name]]));
}

/** The library takes only scalars as values, so that an object is written as a schema that nothing else fits. */
function convertValue(value: unknown): Json {
  if (Array.isArray(value)) return { type: "array", prefixItems: value.map(convertValue), maxItems: value.length };
  if (!isObject(value)) return { const: value };
  const properties = Object.entries(value).map(([name, inner]) => [name, convertValue(inner)]);
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function convertObject({ properties, additionalProperties }: Json): Json {
  const converted = Object.fromEntries(Object.entries(asObject(properties)).map(([name, value]) => [name, convert(value)]));
  const isOpen = additionalProperties === true || (additionalProperties === undefined && !properties);
  return { properties: converted, additionalProperties: isObject(additionalProperties) ? convert(additionalProperties) : isOpen };
}

function convertArray({ items, prefixItems }: Json): Json {
  return { items: convert(items), ...(Array.isArray(prefixItems) && { prefixItems: prefixItems.map(convert) }) };
}

function mergeAll(parts: Json[]): Json {
  const properties = Object.assign({}, ...parts.map((part) => asObject(part.properties)));
  const merged: Json = Object.assign({}, ...parts);
  return Object.keys(properties).length > 0 ? { ...merged, properties } : merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}
