const name = "request";

/** A `Server-Timing` header that tells a document's scripts the id of its request: no other header of it can they read. */
export const requestMetric = (requestId: string) => `${name};desc="${requestId}"`;

/** The id of the request that brought this document; null where its server did not tell. Only for the browser. */
export function documentRequestId(): string | null {
  const [document] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return document?.serverTiming.find((metric) => metric.name === name)?.description ?? null;
}
