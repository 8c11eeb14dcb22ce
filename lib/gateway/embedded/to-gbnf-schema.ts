import type { GbnfJsonSchema } from "node-llama-cpp";

type Json = Record<string, unknown>;

const anyScalar = { type: ["string", "number", "boolean", "null"] };
const formats = new Set(["date-time", "time", "date"]);
/** Keywords of JSON Schema that a grammar can keep to; others only narrow further and are left out. */
const kept = ["const", "enum", "type", "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"];

/**
 * A JSON Schema (draft 7 or 2020-12) as the grammar library takes it. What a grammar cannot express
 * (patterns, number bounds, `not`) is left out, so the reply has the right shape but is still to be validated.
 * Every property is written, also the optional ones.
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
  if (Array.isArray(schema.type) && schema.type.some((type) => type === "object" || type === "array")) {
    return { oneOf: schema.type.map((type) => convert({ ...schema, type })) };
  }
  return convertPlain(schema);
}

function convertPlain(schema: Json): Json {
  const result: Json = Object.fromEntries(kept.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
  if ("const" in result || "enum" in result) return "const" in result ? { const: result.const } : { enum: result.enum };
  if (schema.type === "object" || schema.properties) return { ...result, type: "object", ...convertObject(schema) };
  if (schema.type === "array") return { ...result, ...convertArray(schema) };
  if (schema.type === undefined) return anyScalar;
  return typeof schema.format === "string" && formats.has(schema.format) ? { type: "string", format: schema.format } : result;
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
