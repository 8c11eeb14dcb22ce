import type { z } from "zod";
import type { Contract } from "@/lib/http/contract";
import { toApiError, unreachable } from "./api-error";

type Answer<C extends Contract> = z.output<NonNullable<C["returns"]>>;
type Body<C extends Contract> = z.input<NonNullable<C["body"]>>;
type Given<C extends Contract> = { query?: Record<string, string | number | undefined>; body?: Body<C>; signal?: AbortSignal };

/**
 * Calls our own API from the browser, typed by a contract that stays on the server: `api<typeof getRun>("GET", path)`.
 * @throws ApiError for every answer but success, and when the server cannot be reached
 */
export async function api<C extends Contract>(method: C["method"], path: string, given: Given<C> = {}): Promise<Answer<C>> {
  const response = await send(method, withQuery(path, given.query), given);
  if (!response.ok) throw toApiError(response.status, await response.text());
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as Answer<C>;
}

async function send(method: string, url: string, { body, signal }: { body?: unknown; signal?: AbortSignal }): Promise<Response> {
  try {
    const headers: HeadersInit = body === undefined ? {} : { "content-type": "application/json" };
    return await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: "no-store" });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
}

function withQuery(path: string, query: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size > 0 ? `${path}?${search}` : path;
}
