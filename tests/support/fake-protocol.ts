import type { ServerResponse } from "node:http";
import type { FakePull } from "./fake-pull";

/** Each way in which a fake host can misbehave. */
export type Misbehaviour =
  | "refuse"
  | "reject-key"
  | "no-model"
  | "rate-limit"
  | "server-error"
  | "unavailable"
  | "context-too-long"
  | "bad-request"
  | "hang-always"
  | "hang-before-headers"
  | "hang-after-headers"
  | "silence-mid-stream"
  | "drop-mid-stream"
  | "error-under-200"
  | "error-mid-stream"
  | "no-end-marker"
  | "empty"
  | "endless-line"
  | "huge-chunk"
  | "wrong-content-type"
  | "error-as-json"
  | "redirect"
  | "never-ending"
  | "garbage"
  | "promises-more"
  | "promises-less"
  | "refuses-by-policy"
  | "refuses-prompt"
  | "refuses-streams"
  | "never-streams";

export type FakeToolCall = { id?: string; name: string; input: Record<string, unknown> };

/** Each way in which a host's list of models can be none. `huge` has 20,000 models, and names that no model has. */
export type BadListing = "hang" | "garbage" | "wrong-shape" | "endless" | "huge";

/** `raw:` writes a context length into the JSON as it stands, for numbers that JSON.stringify cannot write. */
export type FakeModel = { name: string; capabilities?: string[]; contextLength?: number | `raw:${string}`; loaded?: boolean };

export type FakeBehaviour = {
  /** How many tokens ("tok0 tok1 …") a reply has, unless `reply` scripts its text. */
  tokens: number;
  intervalMs: number;
  reply?: string;
  /** What a misbehaviour in mid-stream waits for: that the words before it have been read, say. Nothing when not given. */
  breaksAfter?: Promise<unknown>;
  /** Scripted texts for the next replies, one each; after them `reply` or `tokens` hold. */
  nextReplies?: string[];
  reasoning?: string;
  /** Called in the next reply, once. */
  toolCalls?: FakeToolCall[];
  /** Whether it calls tools also when none was offered, as some models do. */
  callsUnasked?: boolean;
  models: FakeModel[];
  misbehave?: Misbehaviour;
  /** In place of `misbehave`: how requests for a reply are met, one after the other and then from the start. `refuse` is not for single ones. */
  misbehaveInTurn?: (Misbehaviour | undefined)[];
  /** How long it takes before the headers and the first token, as a slow host does. */
  firstTokenMs?: number;
  /** The `Retry-After` header of a 429, 500 or 503. */
  retryAfter?: string;
  listing?: BadListing;
  /** What the host says of its failure, for `error-as-json` and `bad-request`. */
  says?: string;
  /** Why a reply ends, when it is not whole. */
  finishReason?: FinishReason;
  /** False leaves the token counts out. */
  reportsUsage?: boolean;
  /** A fake OpenAI or Ollama tells the probability of every token. */
  withLogprobs?: boolean;
  /** How a fake Ollama downloads models. */
  pull?: FakePull;
  /** How long a fake Ollama takes to load a model. */
  loadMs?: number;
  /** The number of tokens the host says it wrote; the true one unless given. */
  countsTokens?: number;
  /** The host ends a reply at the length that the request sets, if it sets one: it says so, and counts no more. */
  keepsLimit?: boolean;
  /** Makes the vectors of texts, in place of those that tell only their lengths. */
  vectors?: (texts: string[]) => number[][] | Promise<number[][]>;
};

export type FinishReason = "length" | "content-filter";

export type Piece = { kind: "text" | "reasoning"; text: string };

type Listing = { status?: number; body: unknown };

/** How one kind of host writes its replies. Frames are whole pieces of the response's body. */
export type Protocol = {
  contentType: string;
  defaultModels: FakeModel[];
  isChat(path: string): boolean;
  /** Does what is no reply and no list; tells whether it was that. */
  manage?(given: {
    method: string;
    path: string;
    body: Record<string, unknown>;
    behaviour: FakeBehaviour;
    response: ServerResponse;
  }): Promise<boolean>;
  listing(path: string, body: Record<string, unknown>, behaviour: FakeBehaviour): Listing | undefined | Promise<Listing | undefined>;
  head(model: string): string;
  piece(piece: Piece, model: string, behaviour: FakeBehaviour): string;
  toolCalls(calls: FakeToolCall[], model: string): string;
  /** The finish with its counts, and the end marker. */
  end(reply: { model: string; tokens: number; hasToolCalls: boolean; reportsUsage: boolean; finishReason?: FinishReason }): string;
  /** The same reply as one document, of protocols that have it so: for requests without `stream`. */
  whole?(reply: WholeReply): unknown;
  errorBody(status: number, message: string): unknown;
  errorFrame(message: string): string;
};

export type WholeReply = {
  model: string;
  pieces: Piece[];
  calls: FakeToolCall[] | undefined;
  tokens: number;
  behaviour: FakeBehaviour;
  finishReason?: FinishReason;
};

export type Reply = {
  protocol: Protocol;
  behaviour: FakeBehaviour;
  response: ServerResponse;
  body: Record<string, unknown>;
  onToken: () => void;
  /** Whether what is left is written without pauses. */
  isHurried: () => boolean;
};

/** The model that a request names. */
export const modelOf = (body: Record<string, unknown>) => String(body.model ?? "model");
