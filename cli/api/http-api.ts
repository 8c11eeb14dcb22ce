import { CliError } from "../cli-error.ts";
import type { Api, Query } from "./api.ts";
import { readEvents } from "./read-events.ts";
import { refusal } from "./refusal.ts";

/** Who asks. `renew` is given a token that was refused, and gives a newer one, or undefined when there is none. */
export type Authorization = {
  token(): Promise<string | undefined>;
  renew(refused: string): Promise<string | undefined>;
};

type Asked = { method: string; path: string; query?: Query; body?: unknown; signal?: AbortSignal };

/** Hearth's API over HTTP. A request whose token has ended is asked once more with a new one. */
export function httpApi(server: string, authorization: Authorization): Api {
  const ask = async (asked: Asked): Promise<Response> => {
    const token = await authorization.token();
    const response = await send(server, asked, token);
    if (response.ok) return response;
    const renewed = response.status === 401 && token ? await authorization.renew(token) : undefined;
    if (!renewed) throw await refusal(response, server);
    const again = await send(server, asked, renewed);
    if (!again.ok) throw await refusal(again, server);
    return again;
  };
  return {
    server,
    get: async (path, query) => readJson(await ask({ method: "GET", path, query }), server),
    getWhole: async (path) => {
      const response = await send(server, { method: "GET", path });
      return { status: response.status, body: await readJson(response, server) };
    },
    post: async (path, body) => readJson(await ask({ method: "POST", path, body }), server),
    delete: async (path) => void (await (await ask({ method: "DELETE", path })).body?.cancel()),
    events: async (path, { body, query, signal } = {}) =>
      readEvents(await ask({ method: body === undefined ? "GET" : "POST", path, body, query, signal })),
  };
}

/** One request. @throws CliError when no answer comes */
export async function send(server: string, { method, path, query = {}, body, signal }: Asked, token?: string): Promise<Response> {
  const url = new URL(path, `${server}/`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const headers = {
    accept: "application/json, text/event-stream",
    ...(token && { authorization: `Bearer ${token}` }),
    ...(method === "POST" && { "content-type": "application/json" }),
  };
  try {
    return await fetch(url, { method, headers, body: method === "POST" ? JSON.stringify(body ?? {}) : undefined, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable(server, error);
  }
}

/** No answer, said so that a person knows what to look at. */
export function unreachable(server: string, error: unknown): CliError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = (cause as NodeJS.ErrnoException | undefined)?.code ?? (cause instanceof Error ? cause.message : String(cause));
  return new CliError("unreachable", `${server} does not answer (${why}). Is Hearth running there? \`hearth serve\` starts one here.`);
}

async function readJson<T>(response: Response, server: string): Promise<T> {
  const text = await response.text().catch((error) => {
    throw unreachable(server, error);
  });
  if (text === "") return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new CliError("failure", `${server} answered with something that is not JSON. Is that the address of a Hearth?`);
  }
}
