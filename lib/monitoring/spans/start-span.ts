import type { SpanRow } from "@/db/queries/spans";
import type { SpanAttributes } from "@/db/schema/json";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { attributeNames as names } from "./attribute-names";
import { errorType, errorWords } from "./error-words";
import { cutText } from "./span-content";
import { offerSpan } from "./span-queue";
import { traceSettings } from "./trace-settings";

export type SpanKind = SpanRow["kind"];
type Facts = Partial<Record<keyof typeof names, SpanAttributes[string] | undefined>>;
type Ending = { status?: "ok" | "error" | "stopped"; error?: unknown; at?: Date };

export type NewSpan = { kind: SpanKind; name: string; model?: string; facts?: Facts; startedAt?: Date };
export type NewTrace = NewSpan & {
  /** The run's id; a new one when absent. */
  traceId?: string;
  ownerId: string | null;
  /** The chat that it belongs to. */
  conversationId?: string;
  /** It is stored when it begins too, so that it can be looked at while it goes on. */
  isLive?: boolean;
  /** Nothing that was said is kept of it, whatever the settings say. */
  isPrivate?: boolean;
};

/** Something that is being recorded. All of it is cheap, and none of it ever fails or waits. */
export type Span = {
  readonly traceId: string;
  /** Null where it is not recorded. */
  readonly id: string | null;
  /** Whether what is said may be handed to `tell`: making it costs time, and where it is not kept nobody should. */
  readonly keepsContent: boolean;
  /** Begins a part of it. */
  child(given: NewSpan): Span;
  note(facts: Facts, model?: string): void;
  tell(said: { input?: string; output?: string }): void;
  /** It is over: with status `ok` unless told, and with `error` when there is one. Only the first end counts. */
  end(ending?: Ending): void;
};

const unrecorded: Span = { traceId: "", id: null, keepsContent: false, child: () => unrecorded, note() {}, tell() {}, end() {} };

/** Begins a trace: the root of a run, or of a call that belongs to none. */
export function startTrace({ traceId = newId(), ownerId, conversationId, isLive = false, isPrivate = false, ...given }: NewTrace): Span {
  if (env().HEARTH_TRACES === "off") return unrecorded;
  const keepsContent = !isPrivate && traceSettings().traceContent !== "off";
  return record({ traceId, ownerId, conversationId, isLive, keepsContent }, null, given);
}

type Trace = Pick<NewTrace, "ownerId" | "conversationId"> & { traceId: string; isLive: boolean; keepsContent: boolean };

/** What OpenTelemetry tells a conversation's id with. */
const ofConversations = new Set<SpanKind>(["run", "model", "embedding"]);

function record(trace: Trace, parentId: string | null, { kind, name, model, facts = {}, startedAt = new Date() }: NewSpan): Span {
  const { traceId, ownerId, keepsContent, isLive } = trace;
  const conversationId = trace.conversationId ?? null;
  const row: SpanRow = {
    ...{ id: newId(), traceId, parentId, ownerId, kind, name, model: model ?? null, startedAt, endedAt: null },
    ...{
      conversationId: parentId === null ? conversationId : null,
      status: "running",
      error: null,
      attributes: {},
      input: null,
      output: null,
    },
  };
  const note = (noted: Facts) => {
    for (const [key, value] of Object.entries(noted)) {
      if (value !== undefined) row.attributes[names[key as keyof typeof names]] = typeof value === "string" ? cutText(value, 1_000) : value;
    }
  };
  note(facts);
  if (conversationId !== null && ofConversations.has(kind)) note({ conversationId });
  if (isLive) offerSpan(row);
  return {
    traceId,
    id: row.id,
    keepsContent,
    child: (given) => record(trace, row.id, given),
    note(noted, answeredBy) {
      note(noted);
      if (answeredBy !== undefined) row.model = answeredBy;
    },
    tell({ input, output }) {
      if (!keepsContent) return;
      if (input !== undefined) row.input = cutText(input);
      if (output !== undefined) row.output = cutText(output);
    },
    end({ status, error, at = new Date() } = {}) {
      if (row.endedAt) return;
      row.endedAt = at < startedAt ? startedAt : at;
      row.status = status ?? (error === undefined ? "ok" : "error");
      if (error !== undefined) {
        row.error = cutText(errorWords(error, keepsContent), 2_000);
        note({ errorType: errorType(error) });
      }
      offerSpan(row);
    },
  };
}
