const maxCharacters = 100_000;
const maxReferences = 100;
const reference = /"\$ref":"(?:[^"\\]|\\.)*"/g;

/** What a caller is told of a schema that is not small. */
export const smallSchemaRule = "Must have at most 100,000 characters as JSON, and at most 100 different references ($ref)";

/**
 * Whether a JSON Schema can be read without anybody else's having to wait. Provider packages and the embedded model's
 * grammar take time with a schema's size, and some of them walk what a reference points at once for each way to write it.
 */
export function isSmallSchema(schema: Record<string, unknown>): boolean {
  const json = JSON.stringify(schema);
  return json.length <= maxCharacters && new Set(json.match(reference)).size <= maxReferences;
}
