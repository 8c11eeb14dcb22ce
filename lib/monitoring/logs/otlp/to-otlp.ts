import { attributeNames } from "@/lib/monitoring/spans/attribute-names";
import type { LogLine } from "../contract";

type Value = { stringValue: string } | { boolValue: boolean } | { intValue: string } | { doubleValue: number };

/** `SeverityNumber` of https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto by Pino's level. */
const severities: Record<number, [number: number, text: string]> = {
  10: [1, "TRACE"],
  20: [5, "DEBUG"],
  30: [9, "INFO"],
  40: [13, "WARN"],
  50: [17, "ERROR"],
  60: [21, "FATAL"],
};
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Lines of one process as an `ExportLogsServiceRequest` in OTLP's JSON encoding. A run's trace has the run's id. */
export function toOtlp(lines: LogLine[], instanceId: string) {
  const resource = { attributes: keyValues({ "service.name": "hearth", "service.instance.id": instanceId }) };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: "hearth" }, logRecords: lines.map(logRecord) }] }] };
}

function logRecord({ id, at, level, text, requestId, userId, runId, rest }: LogLine) {
  const [severityNumber, severityText] = severities[level] ?? [0, String(level)];
  const time = `${Date.parse(at)}000000`;
  const { err, ...fields } = rest;
  return {
    ...{ timeUnixNano: time, observedTimeUnixNano: time, severityNumber, severityText, body: { stringValue: text } },
    attributes: keyValues({
      ...fields,
      ...exceptionOf(err),
      "log.record.uid": id,
      "hearth.request_id": requestId,
      "hearth.run_id": runId,
      [attributeNames.userId]: userId,
    }),
    ...(runId && uuid.test(runId) && { traceId: runId.replaceAll("-", "").toLowerCase() }),
  };
}

/** An error by OpenTelemetry's names: https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/ */
function exceptionOf(err: unknown): Record<string, unknown> {
  if (typeof err !== "object" || err === null) return { err };
  const { type, message, stack, ...others } = err as Record<string, unknown>;
  const more = Object.entries(others).map(([name, value]) => [`exception.${name}`, value]);
  return { "exception.type": type, "exception.message": message, "exception.stacktrace": stack, ...Object.fromEntries(more) };
}

function keyValues(fields: Record<string, unknown>): { key: string; value: Value }[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    value === undefined || value === null || key === "" ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: unknown): Value {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { stringValue: JSON.stringify(value) };
}
