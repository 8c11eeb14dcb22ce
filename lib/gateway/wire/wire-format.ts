/** What one event of a host's stream tells. */
export type Seen = {
  /** Text, reasoning or a tool call came with it. */
  hasContent?: boolean;
  /** It is the reply's end marker. */
  isEnd?: boolean;
  /** And nothing follows it, such as counts of tokens: the reply need not wait for the connection's end. */
  isLast?: boolean;
  /** The host says that it failed, in its own words. */
  error?: string;
  /** It carries words of the reply and nothing else, so that `join` may put it together with the next. */
  isWords?: boolean;
};

/** How one kind of host streams a reply. */
export type WireFormat = {
  contentType: RegExp;
  /** One JSON document a line, or server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
  framing: "lines" | "events";
  /** Reads one event. @throws when it is not what the protocol allows */
  read(json: unknown): Seen;
  /** Adds the words of one event to those of an earlier one; both are all words. Tells whether they go together. */
  join?(earlier: unknown, later: unknown): boolean;
  /** An event that ends the stream without being JSON. */
  endText?: string;
  /** Where the protocol has a reply as one document, too. */
  whole?: WholeFormat;
};

/** How a reply is asked for as a whole, and read as if it had been streamed: everything after knows streams alone. */
export type WholeFormat = {
  /** The body of a request for a stream, as one for the whole. */
  request(body: Record<string, unknown>): Record<string, unknown>;
  /** The event that says all of it. @throws when the document is not what the protocol allows */
  toEvent(document: Record<string, unknown>): unknown;
};

/** A JSON object's fields. @throws Error when the value is none */
export function fieldsOf(json: unknown): Record<string, unknown> {
  if (json === null || typeof json !== "object" || Array.isArray(json)) throw new Error("not a JSON object");
  return json as Record<string, unknown>;
}

/** The objects of a list; empty when it is none. */
export function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => item !== null && typeof item === "object") : [];
}

/** The first object of a list; none when it is no list. */
export function firstOf(value: unknown): Record<string, unknown> | undefined {
  return Array.isArray(value) ? value.find((item) => item !== null && typeof item === "object") : undefined;
}

/** The words of an `error` field, which hosts give as text or as an object. */
export function errorWords(error: unknown): string {
  if (typeof error === "string") return error;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : JSON.stringify(error);
}

/** Whether a value is text with something in it. */
export const isText = (value: unknown) => typeof value === "string" && value !== "";
