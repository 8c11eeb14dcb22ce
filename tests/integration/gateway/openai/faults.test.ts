import { getEventListeners } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import type { FakeBehaviour } from "@/tests/support/fake-protocol";
import { ask } from "@/tests/support/gateway";
import { openaiHearth } from "@/tests/support/openai-hearth";

const impatient = {
  HEARTH_CONNECT_TIMEOUT_MS: "1000",
  HEARTH_FIRST_TOKEN_TIMEOUT_MS: "300",
  HEARTH_COLD_LOAD_TIMEOUT_MS: "300",
  HEARTH_IDLE_TIMEOUT_MS: "250",
};

type Fault = [name: string, behaviour: Partial<FakeBehaviour>, seen: { status: number; code: string; retryAfter?: string }];

/** What fails before the first token: the client sees one error, whether it asked for a stream or not. */
const before: Fault[] = [
  ["refuses connections", { misbehave: "refuse" }, { status: 503, code: "host_refused" }],
  ["hangs before its headers", { misbehave: "hang-before-headers" }, { status: 504, code: "timed_out" }],
  ["hangs after its headers", { misbehave: "hang-after-headers" }, { status: 504, code: "timed_out" }],
  ["answers 429", { misbehave: "rate-limit" }, { status: 503, code: "overloaded" }],
  ["answers 429 with Retry-After", { misbehave: "rate-limit", retryAfter: "40" }, { status: 503, code: "overloaded", retryAfter: "40" }],
  ["answers 500", { misbehave: "server-error" }, { status: 503, code: "crashed" }],
  ["answers 500 with Retry-After", { misbehave: "server-error", retryAfter: "40" }, { status: 503, code: "crashed", retryAfter: "40" }],
  ["answers 503", { misbehave: "unavailable" }, { status: 503, code: "overloaded" }],
  ["answers 503 with Retry-After", { misbehave: "unavailable", retryAfter: "40" }, { status: 503, code: "overloaded", retryAfter: "40" }],
  ["streams garbage", { misbehave: "garbage" }, { status: 503, code: "bad_reply" }],
  ["sends a line without an end", { misbehave: "endless-line" }, { status: 503, code: "bad_reply" }],
];

/** What fails after it: a stream keeps what came and tells the failure as its last event; a whole answer is that error. */
const midway: Fault[] = [
  ["drops the connection", { misbehave: "drop-mid-stream" }, { status: 503, code: "broke_off" }],
  ["falls silent", { misbehave: "silence-mid-stream" }, { status: 504, code: "timed_out" }],
  ["announces less than it sends", { misbehave: "promises-less", tokens: 50 }, { status: 503, code: "broke_off" }],
  ["ends without its end marker", { misbehave: "no-end-marker" }, { status: 503, code: "broke_off" }],
];

/** What is odd and no failure. */
const harmless: [name: string, behaviour: Partial<FakeBehaviour>][] = [
  ["is slow to begin", { firstTokenMs: 200 }],
  ["is slow between tokens", { tokens: 3, intervalMs: 150 }],
];

const well = { misbehave: undefined, retryAfter: undefined, firstTokenMs: undefined, tokens: 6, intervalMs: 0 };
const usedBy = (kind: string) => process.getActiveResourcesInfo().filter((name) => name.startsWith(kind)).length;

describe.each([
  { kind: "Ollama", fake: fakeOllama, model: "ollama/llama3.2:3b" },
  { kind: "OpenAI", fake: fakeOpenai, model: "openai/gpt-5" },
])("a program that asks an $kind which", ({ kind, fake, model }) => {
  let host: FakeHost;
  let hearth: Awaited<ReturnType<typeof openaiHearth>>;
  let start: { timers: number; sockets: number };
  const reader = new AbortController();

  beforeAll(async () => {
    host = await fake(well);
    const address: Record<string, string> =
      kind === "OpenAI" ? { OPENAI_BASE_URL: `${host.url}/v1`, OPENAI_API_KEY: "sk-test" } : { OLLAMA_BASE_URL: host.url };
    hearth = await openaiHearth({ ...address, ...impatient });
  });
  beforeEach(async () => {
    // A host that failed is left alone for a while, and retries are few: here each fault is the first.
    for (const name of ["gateway-lanes", "gateway-lines", "gateway-retry-budget"]) clearProcessGlobal(name);
    expect((await complete(false)).status).toBe(200);
    await settled();
    start = { timers: usedBy("Timeout"), sockets: usedBy("TCPSocket") };
  });
  afterEach(async () => {
    await host.behave(well);
    clearProcessGlobal("gateway-lanes");
    expect((await complete(false)).status, "the host is used again when it is back").toBe(200);
    await settled();
    await expect.poll(() => usedBy("Timeout"), { timeout: 4_000 }).toBeLessThanOrEqual(start.timers + 1);
    await expect.poll(() => usedBy("TCPSocket"), { timeout: 4_000 }).toBeLessThanOrEqual(start.sockets + 2);
    expect(getEventListeners(reader.signal, "abort")).toHaveLength(0);
  });
  afterAll(async () => {
    await hearth.close();
    await host.close();
  });

  const settled = () => flushCalls().then(() => new Promise((resolve) => setTimeout(resolve, 60)));
  const complete = async (stream: boolean) => {
    const response = await hearth.call("/chat/completions", { model, stream, messages: [{ role: "user", content: "Count." }] });
    return { status: response.status, retryAfter: response.headers.get("retry-after") ?? undefined, text: await response.text() };
  };
  /** The same fault, met by calls within the process whose signal outlives them. */
  const meetAgain = async (times = 2) => {
    for (let call = 0; call < times; call++) {
      clearProcessGlobal("gateway-lanes");
      await ask(model, { abortSignal: reader.signal });
    }
  };

  test.each(before)("%s is told so, and nothing is left behind", async (_name, behaviour, { status, code, retryAfter }) => {
    for (const stream of [false, true]) {
      await host.behave(behaviour);
      clearProcessGlobal("gateway-lanes");
      const seen = await complete(stream);
      expect(seen).toMatchObject({ status, ...(retryAfter && { retryAfter }) });
      expect(JSON.parse(seen.text)).toMatchObject({ error: { code, type: "server_error", param: null } });
    }
    await meetAgain();
  });

  test.each(midway)(
    "%s in mid-reply is told so after what came, and nothing is left behind",
    async (_name, behaviour, { status, code }) => {
      await host.behave(behaviour);
      const whole = await complete(false);
      expect(whole.status).toBe(status);
      expect(JSON.parse(whole.text)).toMatchObject({ error: { code } });
      clearProcessGlobal("gateway-lanes");
      const stream = await complete(true);
      expect(stream.status).toBe(200);
      expect(stream.text).toContain("tok0");
      expect(stream.text.trimEnd().split("\n\n").at(-1)).toMatch(new RegExp(`^data: {"error":.*"code":"${code}"`));
      expect(stream.text).not.toContain("[DONE]");
      await meetAgain();
    },
  );

  test.each(harmless)("%s is answered, and nothing is left behind", async (_name, behaviour) => {
    await host.behave(behaviour);
    expect(await complete(false)).toMatchObject({ status: 200, text: expect.stringContaining("tok2") });
    expect(await complete(true)).toMatchObject({ status: 200, text: expect.stringContaining("[DONE]") });
    await meetAgain();
  });

  test("announces more than it sends is answered when its reply is whole, and nothing is left behind", async () => {
    await host.behave({ misbehave: "promises-more" });
    expect(await complete(true)).toMatchObject({ status: 200, text: expect.stringContaining("[DONE]") });
    await meetAgain(1);
  });
});
