/** Whether the database answered and will not take the values, however often they come: SQLSTATE classes 22 and 23. */
export function isRefusal(failure: unknown): boolean {
  const { code, cause } = failure as { code?: unknown; cause?: unknown };
  return typeof code === "string" ? /^2[23]/.test(code) : cause instanceof Error && isRefusal(cause);
}
