import type { OpenApiDocument, Operation } from "@/lib/http/openapi";

/** An operation with the method and path it is called by. */
export type PlacedOperation = { method: string; path: string; operation: Operation };

const order = ["GET", "POST", "PATCH", "DELETE"];

/** The operations under their headings: the versioned API first, each by path and method. */
export function operationsByTag(document: OpenApiDocument): Map<string, PlacedOperation[]> {
  const placed = Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  placed.sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path) || order.indexOf(a.method) - order.indexOf(b.method));
  return Map.groupBy(placed, ({ operation }) => operation.tags[0] ?? "Other");
}

const rank = ({ path }: PlacedOperation) => (path.startsWith("/api/v1/") ? 0 : 1);
