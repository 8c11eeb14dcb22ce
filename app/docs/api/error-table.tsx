const errors: [code: string, status: number, meaning: string][] = [
  ["invalid_request", 400, "The request is malformed or fails validation; issues says where."],
  ["unauthenticated", 401, "The session or token is missing, expired or revoked. Sign in again."],
  ["budget_exceeded", 402, "The money or tokens that were set aside are used up."],
  ["forbidden", 403, "The account may not do this."],
  ["not_found", 404, "There is no such thing, or it belongs to somebody else."],
  ["method_not_allowed", 405, "The path does not have this method; Allow says which it has."],
  ["conflict", 409, "The call does not fit the present state of things."],
  ["too_large", 413, "The body is larger than allowed."],
  ["unsupported_type", 415, "The body must be JSON."],
  ["rate_limited", 429, "Too many requests; Retry-After says when to come back, in seconds."],
  ["internal", 500, "Something went wrong on the server; the log has it under the requestId."],
  ["model_unavailable", 503, "No model could answer; reason says why."],
  ["model_timeout", 504, "The model took too long."],
];

/** Every code an answer may carry, with its status and what it means. */
export function ErrorTable() {
  return (
    <div className="overflow-x-auto rounded-lg border border-border p-4">
      <p className="mb-3 text-sm text-muted-foreground">
        An error is <code>application/problem+json</code>: an object{" "}
        <a href="#object-Problem" className="text-link underline underline-offset-4">
          Problem
        </a>
        . Every answer carries <code>X-Request-Id</code>.
      </p>
      <table className="w-full text-left text-sm">
        <thead className="text-xs text-muted-foreground">
          <tr>
            <th className="py-1 pr-4 font-medium">Code</th>
            <th className="py-1 pr-4 font-medium">Status</th>
            <th className="py-1 font-medium">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {errors.map(([code, status, meaning]) => (
            <tr key={code} id={code} className="scroll-mt-6 align-top target:bg-primary-soft">
              <td className="py-1 pr-4 font-mono font-medium">{code}</td>
              <td className="py-1 pr-4 tabular-nums">{status}</td>
              <td className="py-1 text-muted-foreground">{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
