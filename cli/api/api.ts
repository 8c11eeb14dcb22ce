/** One server-sent event. */
export type ApiEvent = { id?: string; data: string };

export type Query = Record<string, string | number | boolean | undefined>;

/** Hearth's public API, as one caller. Every failure is a CliError. */
export type Api = {
  /** Its address, without a slash at the end. */
  server: string;
  get<T>(path: string, query?: Query): Promise<T>;
  /** The answer whatever its status is. @throws CliError when none comes, or it is not JSON */
  getWhole<T>(path: string): Promise<{ status: number; body: T }>;
  post<T>(path: string, body?: unknown): Promise<T>;
  delete(path: string): Promise<void>;
  /** Asks and reads the answer's events until `[DONE]`; ends without it when the connection breaks off. */
  events(path: string, request?: { body?: unknown; query?: Query; signal?: AbortSignal }): Promise<EventStream>;
};

export type EventStream = AsyncIterable<ApiEvent> & { /** Whether `[DONE]` came. */ readonly isDone: boolean };

/** Every item of a list, page by page, up to `max`. */
export async function listAll<T>(api: Api, path: string, query: Query = {}, max = 10_000): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<{ items: T[]; nextCursor: string | null }>(path, { limit: Math.min(100, max), ...query, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor && items.length < max);
  return items.slice(0, max);
}
