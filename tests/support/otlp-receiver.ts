import { createServer } from "node:http";
import { z } from "zod";

const hex = (digits: number) => z.string().regex(new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`));
const nanoseconds = z.string().regex(/^\d{19}$/);
const scalar = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ doubleValue: z.number() }),
]);
const anyValue = z.union([scalar, z.strictObject({ arrayValue: z.strictObject({ values: z.array(scalar) }) })]);
const attributes = z.array(z.strictObject({ key: z.string().min(1), value: anyValue })).refine(hasEachOnce, "a key comes twice");
const span = z
  .strictObject({
    traceId: hex(32),
    spanId: hex(16),
    parentSpanId: hex(16).optional(),
    name: z.string().min(1),
    kind: z.number().int().min(1).max(5),
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
    attributes,
    status: z.strictObject({ code: z.number().int().min(0).max(2), message: z.string().min(1).optional() }),
  })
  .refine(({ startTimeUnixNano: from, endTimeUnixNano: to }) => BigInt(from) <= BigInt(to), "it ends before it begins");

/** OTLP's JSON as https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding and trace.proto have it, with nothing that they do not name. */
export const otlpTraces = z.strictObject({
  resourceSpans: z
    .array(
      z.strictObject({
        resource: z.strictObject({ attributes }),
        scopeSpans: z.array(z.strictObject({ scope: z.strictObject({ name: z.string().min(1) }), spans: z.array(span).min(1) })).min(1),
      }),
    )
    .min(1),
});

const logRecord = z.strictObject({
  timeUnixNano: nanoseconds,
  observedTimeUnixNano: nanoseconds,
  severityNumber: z.number().int().min(0).max(24),
  severityText: z.string(),
  body: z.strictObject({ stringValue: z.string() }),
  attributes,
  traceId: hex(32).optional(),
  spanId: hex(16).optional(),
});

/** The same for log records, as logs.proto has them. */
const otlpLogs = z.strictObject({
  resourceLogs: z
    .array(
      z.strictObject({
        resource: z.strictObject({ attributes }),
        scopeLogs: z
          .array(z.strictObject({ scope: z.strictObject({ name: z.string().min(1) }), logRecords: z.array(logRecord).min(1) }))
          .min(1),
      }),
    )
    .min(1),
});

type Body = Partial<z.output<typeof otlpTraces> & z.output<typeof otlpLogs>>;
type Got = { path: string; headers: Record<string, unknown>; body: Body };

/** A collector for traces and logs over HTTP. `answers` are the statuses of its next answers, `hang` for none; 200 after them. */
export async function otlpReceiver() {
  const taken: Got[] = [];
  const faults: string[] = [];
  const answers: (number | "hang")[] = [];
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    let text = "";
    for await (const bytes of request) text += bytes;
    const status = answers.shift() ?? 200;
    if (status === "hang") return;
    const parsed = (request.url?.endsWith("/v1/logs") ? otlpLogs : otlpTraces).safeParse(JSON.parse(text));
    if (!parsed.success) faults.push(z.prettifyError(parsed.error));
    else if (status === 200) taken.push({ path: request.url ?? "", headers: request.headers, body: parsed.data });
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    faults,
    answers,
    get asked() {
      return asked;
    },
    get spans() {
      return taken.flatMap(({ body }) => (body.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    },
    get logRecords() {
      return taken.flatMap(({ body }) =>
        (body.resourceLogs ?? []).flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
      );
    },
    get resources() {
      return taken.flatMap(({ body }) => (body.resourceLogs ?? []).map(({ resource }) => resource.attributes));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hasEachOnce(pairs: { key: string }[]): boolean {
  return new Set(pairs.map(({ key }) => key)).size === pairs.length;
}
