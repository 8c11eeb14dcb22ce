import { z } from "zod";

/** A JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Record<string, unknown>;

type Direction = "input" | "output";

/** Schemas with an `id`, which the document holds once and others point at. */
export type SharedSchemas = Record<string, JsonSchema>;

/**
 * What may be sent (`input`) or is answered (`output`) by a zod schema. Named schemas are put into `shared`.
 * Dates are described as the ISO 8601 text they travel as.
 */
export function jsonSchemaOf(schema: z.ZodType, io: Direction, shared: SharedSchemas): JsonSchema {
  const generated = z.toJSONSchema(schema, { io, unrepresentable: "any", override: (context) => describe(context, io, shared) });
  const { $schema: _draft, $defs, ...rest } = pointAtComponents(generated);
  for (const [id, definition] of Object.entries(($defs ?? {}) as SharedSchemas)) shared[id] ??= definition;
  return rest;
}

type OverrideContext = { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema };

function describe({ zodSchema, jsonSchema }: OverrideContext, io: Direction, shared: SharedSchemas): void {
  const { def } = zodSchema._zod;
  if (def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
  if (def.type === "pipe") describePipe(def, jsonSchema, io, shared);
  if (def.type === "object" && io === "output") leaveOutAbsent(def.shape as Record<string, z.ZodType>, jsonSchema);
  tidy(jsonSchema);
}

/** A transform says nothing about its result, and what comes before a second check says too little: both sides together do. */
function describePipe(def: z.core.$ZodPipeDef, jsonSchema: JsonSchema, io: Direction, shared: SharedSchemas): void {
  const isTransform = def.out._zod.def.type === "transform";
  if (io === "output" && isTransform) Object.assign(jsonSchema, jsonSchemaOf(def.in as z.ZodType, io, shared));
  if (io === "input" && !isTransform) Object.assign(jsonSchema, jsonSchemaOf(def.out as z.ZodType, io, shared));
}

/** A field that turns null into nothing is absent from the answer, not null. */
function leaveOutAbsent(shape: Record<string, z.ZodType>, jsonSchema: JsonSchema): void {
  const { properties = {}, required = [] } = jsonSchema as { properties?: Record<string, JsonSchema>; required?: string[] };
  const absent = Object.keys(shape).filter((name) => isAbsentWhenNull(shape[name]));
  for (const name of absent) properties[name] = withoutNull(properties[name] ?? {});
  if (absent.length > 0) jsonSchema.required = required.filter((name) => !absent.includes(name));
}

function isAbsentWhenNull(field: z.ZodType | undefined): boolean {
  const parsed = field?.safeParse(null);
  return parsed?.success === true && parsed.data === undefined;
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const { anyOf, type, ...rest } = schema as { anyOf?: JsonSchema[]; type?: string | string[] };
  const [only, ...others] = anyOf?.filter((choice) => choice.type !== "null") ?? [];
  if (only) return others.length > 0 ? { ...rest, anyOf: [only, ...others] } : { ...rest, ...only };
  const types = [type ?? []].flat().filter((one) => one !== "null");
  return { ...rest, type: types.length === 1 ? types[0] : types };
}

/** Leaves out what tells a reader nothing: the pattern behind a format, JavaScript's integer range, and a ban on new fields. */
function tidy(schema: JsonSchema): void {
  if (schema.format) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.additionalProperties === false) delete schema.additionalProperties;
}

function pointAtComponents(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
}
