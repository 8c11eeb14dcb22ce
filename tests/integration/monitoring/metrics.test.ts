import parse from "parse-prometheus-text-format";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/metrics/route";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { countCall } from "@/lib/monitoring/metrics/count-call";
import { metrics } from "@/lib/monitoring/metrics/registry";
import { forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { getAs, madeKey } from "../../support/api-keys";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { ask, bootGateway } from "../../support/gateway";
import { aRecord } from "../../support/policy";

const small = "ollama/small:latest";
let host: FakeHost;
let app: Awaited<ReturnType<typeof bootGateway>>;
let token: string;

beforeAll(async () => {
  clearProcessGlobal("metrics");
  clearProcessGlobal("metric-labels");
  withEnvironment({ HEARTH_SIGNUP: "open" });
  forgetAttempts();
  host = await fakeOllama({ tokens: 5, models: [{ name: "small:latest", loaded: true }] });
  app = await bootGateway({ OLLAMA_BASE_URL: host.url });
  token = (await registered()).accessToken;
});
afterAll(async () => {
  await app.close();
  await host.close();
});

/** All series of a metric, read by a parser of Prometheus's format. */
async function read(name: string, by = token) {
  const text = await (await getAs(by, GET)).text();
  return parse(text).find((one) => one.name === name)?.metrics ?? [];
}

test("calls, their tokens, times and failures are counted as they end", async () => {
  await ask(small);
  await ask(small);
  await host.behave({ misbehave: "bad-request" });
  await ask(small);
  await host.behave({ misbehave: undefined });
  await flushCalls();
  const usual = { model: small, host: "ollama", purpose: "chat" };
  expect(await read("hearth_calls_total")).toEqual([
    { labels: { ...usual, outcome: "complete", reason: "" }, value: "2" },
    { labels: { ...usual, outcome: "failed", reason: "bad_request" }, value: "1" },
  ]);
  const tokens = await read("hearth_tokens_total");
  expect(tokens.find(({ labels }) => labels?.kind === "output")).toEqual({
    labels: { model: small, purpose: "chat", kind: "output" },
    value: "10",
  });
  expect(await read("hearth_time_to_first_token_seconds")).toMatchObject([{ buckets: { "+Inf": "2" } }]);
  expect(await read("hearth_call_duration_seconds")).toMatchObject([{ buckets: { "+Inf": "2" } }]);
  expect(await read("hearth_queue_wait_seconds")).toMatchObject([{ buckets: { "+Inf": "3" } }]);
  expect((await read("hearth_cache_total")).reduce((sum, { value }) => sum + Number(value), 0)).toBe(3);
});

test("hosts, queues, breakers and the process itself are as they are when they are asked for", async () => {
  expect(await read("hearth_host_up")).toEqual([{ labels: { host: "ollama" }, value: "1" }]);
  expect(await read("hearth_calls_waiting")).toEqual([{ labels: { model: small }, value: "0" }]);
  expect(await read("hearth_breaker_open")).toEqual([{ labels: { host: "ollama", model: small }, value: "0" }]);
  await host.behave({ tokens: 20, intervalMs: 20 });
  const asked = ask(small);
  await host.afterTokens(1);
  expect(await read("hearth_calls_running")).toEqual([{ labels: { model: small }, value: "1" }]);
  host.hurry();
  await asked;
  expect(Number((await read("process_resident_memory_bytes"))[0]?.value)).toBeGreaterThan(10_000_000);
  expect(await read("nodejs_eventloop_lag_p99_seconds")).toHaveLength(1);
});

test("a breaker counts as open while it keeps calls away, and half when the next call would be let through", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await host.behave({ misbehave: "garbage" });
  for (let call = 0; call < 5; call++) await ask(small);
  expect(await read("hearth_breaker_open")).toMatchObject([{ value: "1" }]);
  vi.setSystemTime(Date.now() + 2_000);
  expect(await read("hearth_breaker_open")).toMatchObject([{ value: "0.5" }]);
  vi.useRealTimers();
  await host.behave({ misbehave: undefined });
});

describe("who may read them", () => {
  test("an admin, and a key with the scope `metrics`; nobody else, unless they are opened", async () => {
    const key = await madeKey(token, { scopes: ["metrics"] });
    const chatKey = await madeKey(token, { scopes: ["chat"] });
    const user = await registered();
    const status = async (by: string) => (await getAs(by, GET)).status;
    expect([await status(token), await status(key.key)]).toEqual([200, 200]);
    expect([await status(chatKey.key), await status(user.accessToken)]).toEqual([403, 403]);
    const nobody = () => GET(new Request("http://localhost:3000/metrics"), { params: Promise.resolve({}) });
    expect((await nobody()).status).toBe(401);
    withEnvironment({ HEARTH_METRICS: "public" });
    const open = await nobody();
    withEnvironment({ HEARTH_METRICS: "admin" });
    expect([open.status, open.headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
    expect((await nobody()).status).toBe(401);
  });
});

test("a label has at most 200 values, whatever models are named; the others are counted together", async () => {
  for (let index = 0; index < 300; index += 1) await countCall({ ...aRecord({ model: `m/${index}` }), purpose: "api" });
  const { values } = await (await metrics()).calls.get();
  const models = values.filter(({ labels }) => labels.purpose === "api").map(({ labels, value }) => [labels.model, value]);
  expect(models).toHaveLength(200);
  expect(models.at(-1)).toEqual(["other", 101]);
});
