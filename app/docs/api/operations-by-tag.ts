import type { OpenApiDocument, Operation } from "@/lib/http/openapi";

/** An operation with the method and path it is called by. */
export type PlacedOperation = { method: string; path: string; operation: Operation };

/** The operations under their headings, in the order of the contracts. */
export function operationsByTag(document: OpenApiDocument): Map<string, PlacedOperation[]> {
  const placed = Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return Map.groupBy(placed, ({ operation }) => operation.tags[0] ?? "Other");
}
