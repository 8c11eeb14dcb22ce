import type { SpanRow } from "@/db/queries/spans";
import type { SpanAttributes } from "@/db/schema/json";
import { attributeNames as names } from "../attribute-names";

type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: AnyValue[] } };
type KeyValue = { key: string; value: AnyValue };

/** An `ExportTraceServiceRequest`, as far as Hearth fills it. */
export type OtlpTraces = {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[];
  }[];
};
type OtlpSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status: { code: number; message?: string };
};

/** `SpanKind` and `StatusCode` of https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
const internal = 1;
const client = 3;
const statusCodes = { running: 0, stopped: 0, ok: 1, error: 2 } as const;
/** What goes over the network to a model's host. */
const clientKinds = new Set<SpanRow["kind"]>(["model", "embedding", "attempt"]);

/**
 * Spans in OTLP's JSON encoding (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): ids as hexadecimal
 * digits, enums as numbers, 64-bit numbers as decimal strings. One that goes on ends `now`.
 */
export function toOtlp(rows: SpanRow[], now = new Date()): OtlpTraces {
  const resource = { attributes: [{ key: "service.name", value: { stringValue: "hearth" } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "hearth" }, spans: rows.map((row) => otlpSpan(row, now)) }] }] };
}

function otlpSpan(row: SpanRow, now: Date): OtlpSpan {
  const { kind, status, error, parentId, startedAt, endedAt } = row;
  return {
    traceId: row.traceId.replaceAll("-", ""),
    spanId: spanIdOf(row.id),
    ...(parentId && { parentSpanId: spanIdOf(parentId) }),
    name: row.name,
    kind: clientKinds.has(kind) ? client : internal,
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt ?? (now > startedAt ? now : startedAt)),
    attributes: keyValues(attributesOf(row)),
    status: { code: statusCodes[status], ...(error && { message: error }) },
  };
}

/** The last 64 bits of the id: of a UUIDv7 those that are random, and by its variant never all zero. */
function spanIdOf(id: string): string {
  return id.slice(19).replace("-", "");
}

function nanoseconds(moment: Date): string {
  return `${moment.getTime()}000000`;
}

function attributesOf({ kind, status, ownerId, attributes, input, output }: SpanRow): SpanAttributes {
  const [inputName, outputName] = contentNames(kind);
  return {
    ...attributes,
    [names.kind]: kind,
    [names.status]: status,
    ...(ownerId && { [names.userId]: ownerId }),
    ...(input !== null && { [inputName]: input }),
    ...(output !== null && { [outputName]: output }),
  };
}

function contentNames(kind: SpanRow["kind"]): [input: string, output: string] {
  if (kind === "model") return [names.inputMessages, names.outputMessages];
  return kind === "tool" ? [names.toolArguments, names.toolResult] : [names.input, names.output];
}

function keyValues(attributes: SpanAttributes): KeyValue[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: SpanAttributes[string]): AnyValue {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "string") return { stringValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
