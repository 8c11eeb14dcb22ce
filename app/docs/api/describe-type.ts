import type { JsonSchema } from "@/lib/http/json-schema";

type Shape = JsonSchema & { $ref?: string; type?: string | string[]; enum?: unknown[]; anyOf?: Shape[]; items?: Shape; format?: string };

/** The name of the object that a schema, or the entries of a list, points at. */
export function objectName(schema: JsonSchema): string | null {
  const { $ref, items } = schema as Shape;
  return $ref?.split("/").at(-1) ?? (items ? objectName(items) : null);
}

/** A schema's type in a few words: "string, 1 to 200 characters", "list of Message", "“open” or “closed”". */
export function describeType(schema: JsonSchema): string {
  const { $ref, type, enum: values, anyOf, items, format } = schema as Shape;
  if ($ref) return objectName(schema) ?? "object";
  if (values) return values.map((value) => `“${String(value)}”`).join(" or ");
  if (anyOf) return anyOf.map(describeType).join(" or ");
  if (type === "array") return items && Object.keys(items).length > 0 ? `list of ${describeType(items)}` : "list";
  const names = [type ?? "any"].flat().join(" or ");
  return [format ? `${names} (${format})` : names, limits(schema)].filter(Boolean).join(", ");
}

function limits(schema: JsonSchema): string {
  const { minLength, maxLength, minimum, maximum, default: preset } = schema as Record<string, number | undefined>;
  const parts = [range(minLength, maxLength, " characters"), range(minimum, maximum, "")];
  if (schema.default !== undefined && typeof preset !== "object") parts.push(`${String(preset)} unless given`);
  return parts.filter(Boolean).join(", ");
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (least !== undefined && most !== undefined) return `${grouped(least)} to ${grouped(most)}${unit}`;
  if (most !== undefined) return `at most ${grouped(most)}${unit}`;
  return least === undefined ? "" : `at least ${grouped(least)}${unit}`;
}

const grouped = (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: 20 });
