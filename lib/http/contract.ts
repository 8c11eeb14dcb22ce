import type { z } from "zod";
import type { KeyScope } from "@/db/schema/json";

/** Who may call: anybody; a signed-in user; an admin. There is no default. */
export type Access = "public" | "user" | "admin";

/** What an API key must allow to call; `none` is closed to every key. */
export type Scope = KeyScope | "none";

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
  /** `admin` unless told, so that a key may do what was thought of and nothing else. */
  scope?: Scope;
  /** Errors are problem+json unless the operation stands in for one of OpenAI's, whose clients read only theirs. */
  errorShape?: "openai";
  params?: Params;
  query?: Query;
  body?: Body;
  /** Largest body accepted; 1 MiB unless told. */
  maxBodyBytes?: number;
  /** The JSON answer; absent for 204 and for streams. */
  returns?: Returns;
  /** Status on success: 200, or 204 when nothing is returned. */
  status?: 200 | 201 | 202 | 204;
  /** Answers beside success and problems, by their status. */
  alsoAnswers?: Readonly<Record<number, { description: string; returns?: z.ZodType }>>;
  /** The operation can answer `text/event-stream`; says what the events are. */
  streams?: string;
  /** The answer is a file of this media type, sent as it is made. */
  file?: string;
  /** Codes beyond those every route may answer (invalid_request, unauthenticated, internal…). */
  errors?: readonly ErrorCode[];
};

/** What a key must allow to call the operation. */
export function scopeOf({ scope = "admin" }: Pick<Contract, "scope">): Scope {
  return scope;
}

/** Declares one operation, keeping the exact types of its schemas. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
