import type { z } from "zod";

/** Who may call: anybody; a signed-in user; an admin. There is no default. */
export type Access = "public" | "user" | "admin";

export type ErrorCode =
  | "conflict"
  | "not_found"
  | "rate_limited"
  | "too_large"
  | "forbidden"
  | "budget_exceeded"
  | "model_unavailable"
  | "model_timeout";

/** One HTTP operation. Feeds parsing, types, OpenAPI and the reference page. Browser-safe. */
export type Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Returns extends z.ZodType = z.ZodType,
> = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** OpenAPI form, as in `/api/v1/runs/{runId}`. */
  path: string;
  summary: string;
  /** The heading it stands under in the reference. */
  tag: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Largest body accepted; 1 MiB unless told. */
  maxBodyBytes?: number;
  /** The JSON answer; absent for 204 and for streams. */
  returns?: Returns;
  /** Status on success: 200, or 204 when nothing is returned. */
  status?: 200 | 201 | 202 | 204;
  /** The operation can answer `text/event-stream`; says what the events are. */
  streams?: string;
  /** Codes beyond those every route may answer (invalid_request, unauthenticated, internal…). */
  errors?: readonly ErrorCode[];
};

/** Declares one operation, keeping the exact types of its schemas. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
