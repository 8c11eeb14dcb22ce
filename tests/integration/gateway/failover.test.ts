import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hostSettings, modelSettings } from "@/db/schema/gateway";
import { firstTokenMs } from "@/lib/gateway/balance/first-token-ms";
import type { AnswerFacts } from "@/lib/gateway/call-record";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { closeBreaker } from "@/lib/gateway/failover/close-breaker";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { checkDueHosts } from "@/lib/gateway/health-loop";
import { closeAgents } from "@/lib/gateway/host-agents";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { listModels } from "@/lib/gateway/list-models";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { flushCalls } from "@/lib/gateway/save-call";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import type { Misbehaviour } from "../../support/fake-reply";
import { ask, bootGateway, setHosts } from "../../support/gateway";

const id = "ollama/llama3.2:3b";
/** For hosts that hang: long enough for a well one on a busy machine. */
const impatient = { HEARTH_FIRST_TOKEN_TIMEOUT_MS: "1000", HEARTH_COLD_LOAD_TIMEOUT_MS: "1000" };

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let first: FakeHost;
let second: FakeHost;

beforeAll(async () => {
  gateway = await bootGateway({});
});
beforeEach(async () => {
  [first, second] = await Promise.all([fakeOllama({ tokens: 10 }), fakeOllama({ tokens: 10 })]);
  await use(first, second);
});
afterEach(async () => {
  await gateway.database.db.delete(hostSettings);
  await gateway.database.db.delete(modelSettings);
  await Promise.all([loadHostSettings(), loadModelSettings()]);
  await Promise.all([first.close(), second.close()]);
  await closeAgents();
});
afterAll(() => gateway.close());

/** Makes these the only hosts, in this order, and lets them be seen while they are well, as in life. */
async function use(...hosts: FakeHost[]) {
  await seeHosts({}, ...hosts);
}

async function seeHosts(limits: Record<string, string>, ...hosts: FakeHost[]) {
  setHosts({ OLLAMA_BASE_URL: hosts.map(({ url }) => url).join(","), ...limits });
  await listModels();
}

async function setModel(modelId: string, settings: Partial<typeof modelSettings.$inferInsert>) {
  await gateway.database.db.insert(modelSettings).values({ modelId, ...settings });
  await loadModelSettings();
}

async function allowParallel(count: number, hostId = "environment-ollama") {
  await gateway.database.db.insert(hostSettings).values({ hostId, maxParallel: count });
  await loadHostSettings();
}

const inBulk = (count: number, options?: Parameters<typeof ask>[1]) => Promise.all(Array.from({ length: count }, () => ask(id, options)));

describe("before the first token the next host answers, and the caller sees nothing of", () => {
  const misbehaviours: Misbehaviour[] = [
    "refuse",
    "reject-key",
    "no-model",
    "rate-limit",
    "server-error",
    "unavailable",
    "hang-before-headers",
    "hang-after-headers",
    "error-under-200",
    "empty",
    "endless-line",
    "huge-chunk",
    "wrong-content-type",
    "garbage",
  ];
  test.each(misbehaviours)("%s", async (misbehave) => {
    if (misbehave.startsWith("hang")) await seeHosts(impatient, first, second);
    await first.behave({ misbehave });
    const { failure, text, record } = await ask(id);
    expect({ failure, text }).toEqual({ failure: undefined, text: expect.stringMatching(/^tok0 .*tok9 $/) });
    expect(record).toMatchObject({ upstream: "ollama-2", attempts: 2, outcome: "complete", model: id });
    if (misbehave.startsWith("hang")) await expect(first.closedByClient()).resolves.toBe(true);
  });
});

test.each<Misbehaviour>(["drop-mid-stream", "error-mid-stream"])(
  "%s keeps what was written, hides nothing, and going on with it is for another host",
  async (misbehave) => {
    await first.behave({ misbehave });
    const context = { conversationId: `c-${misbehave}` };
    expect(await ask(id, { context })).toMatchObject({ failure: { reason: "broke_off" }, text: "tok0 tok1 tok2 tok3 tok4 " });
    expect(second.chats).toHaveLength(0);
    expect(await ask(id, { context })).toMatchObject({ failure: undefined, record: { upstream: "ollama-2", attempts: 1 } });
  },
);

test("a host that announces more than it sends has still answered when its end marker came", async () => {
  await use(first);
  await first.behave({ misbehave: "promises-more" });
  const { failure, text, tookMs } = await ask(id);
  expect({ failure, text }).toEqual({ failure: undefined, text: expect.stringMatching(/tok9 $/) });
  expect(tookMs).toBeLessThan(3_500);
});

test("a host that announces less than it sends broke off there", async () => {
  await first.behave({ misbehave: "promises-less" });
  const { failure, text } = await ask(id);
  expect(text).toMatch(/^tok0 /);
  expect(failure).toMatchObject({ reason: "broke_off" });
});

test("a slow host is waited for", async () => {
  await first.behave({ firstTokenMs: 250 });
  expect(await ask(id)).toMatchObject({ failure: undefined, record: { upstream: "ollama", attempts: 1 } });
});

describe("the last host left", () => {
  beforeEach(() => use(first));

  test.each<Misbehaviour>(["unavailable", "server-error", "rate-limit", "refuse", "error-under-200"])(
    "is asked again after %s",
    async (misbehave) => {
      await first.behave({ misbehave });
      const asking = ask(id);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await first.behave({ misbehave: undefined });
      expect(await asking).toMatchObject({ failure: undefined, record: { outcome: "complete" } });
    },
  );

  test("is not asked again after what will not pass", async () => {
    await seeHosts(impatient, first);
    for (const misbehave of ["reject-key", "no-model", "empty", "hang-before-headers"] as const) {
      await first.behave({ misbehave });
      expect(await ask(id)).toMatchObject({ record: { outcome: "failed", attempts: 1 } });
    }
  });

  test("gets the time it asks for with Retry-After, up to ten seconds", async () => {
    await first.behave({ misbehave: "rate-limit", retryAfter: "1" });
    const asking = ask(id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await first.behave({ misbehave: undefined });
    const { failure, tookMs } = await asking;
    expect(failure).toBeUndefined();
    expect(tookMs).toBeGreaterThanOrEqual(1_000);
    await first.behave({ misbehave: "unavailable", retryAfter: "30" });
    const refused = await ask(id);
    expect(refused).toMatchObject({ failure: { reason: "overloaded", retryAfterS: 30 }, record: { attempts: 1 } });
    expect(refused.tookMs).toBeLessThan(1_000);
  });

  test("is asked again by a tenth of the calls at most, whatever the load", async () => {
    await first.behave({ misbehave: "rate-limit", retryAfter: "0" });
    const answers = await inBulk(100);
    expect(answers.every(({ failure }) => failure?.reason === "overloaded")).toBe(true);
    expect(first.chats.length).toBeGreaterThan(100);
    expect(first.chats.length).toBeLessThanOrEqual(100 + 10 + 10);
  });
});

test("a stop while other hosts are still to be asked ends the call at once", async () => {
  await first.behave({ misbehave: "hang-before-headers" });
  const stop = new AbortController();
  const asking = ask(id, { abortSignal: stop.signal }).catch((error) => error);
  await expect.poll(() => first.chats.length).toBe(1);
  stop.abort(new Error("stopped"));
  expect(await asking).toMatchObject({ message: "stopped" });
  await expect(first.closedByClient()).resolves.toBe(true);
  expect(second.chats).toHaveLength(0);
});

test("a host that is killed under fifty calls fails none that had no token yet", async () => {
  for (const host of [first, second]) await host.behave({ firstTokenMs: 120, tokens: 20, intervalMs: 5 });
  const asking = inBulk(50);
  await expect.poll(() => first.chats.length).toBeGreaterThan(1);
  await first.behave({ misbehave: "refuse" });
  const later = inBulk(10);
  const answers = [...(await asking), ...(await later)];
  expect(answers.filter(({ failure, text }) => failure && text === "").map(({ failure }) => failure?.message)).toEqual([]);
  expect(answers.filter(({ failure }) => failure === undefined).length).toBeGreaterThanOrEqual(40);
  expect(answers.some(({ record }) => (record?.attempts ?? 0) > 1)).toBe(true);
});

describe("the choice of a host", () => {
  test("is the conversation's last when others are no better", async () => {
    await ask(id);
    await ask(id);
    const context = { conversationId: "conversation" };
    const { record } = await ask(id, { context });
    for (let turn = 0; turn < 5; turn++) {
      expect(await ask(id, { context })).toMatchObject({
        record: { upstream: record?.upstream, choice: expect.stringContaining("knows the conversation") },
      });
    }
  });

  test("is the least busy one, and says so", async () => {
    for (const host of [first, second]) await host.behave({ tokens: 30, intervalMs: 10 });
    const answers = await inBulk(8);
    const shares = ["ollama", "ollama-2"].map((name) => answers.filter(({ record }) => record?.upstream === name).length);
    expect(shares).toEqual([4, 4]);
    expect(answers[7]?.record?.choice).toMatch(/^loaded, 3 of \d+ busy/);
  });

  test("is the one that was fastest to its first token", async () => {
    await first.behave({ firstTokenMs: 400 });
    await ask(id);
    await ask(id);
    for (let call = 0; call < 3; call++) expect(await ask(id)).toMatchObject({ record: { upstream: "ollama-2" } });
    expect(firstTokenMs(id)).toBeLessThan(400);
  });

  test("keeps to the hosts that a key may use", async () => {
    const key = { id: "k", scopes: [], models: null, upstreams: ["ollama-2"], cache: "off" as const, similarity: null, sharesCache: false };
    for (let call = 0; call < 3; call++) expect(await ask(id, { context: { key } })).toMatchObject({ record: { upstream: "ollama-2" } });
    await second.behave({ misbehave: "reject-key" });
    expect(await ask(id, { context: { key } })).toMatchObject({ failure: { reason: "key_rejected" } });
    expect(await ask(id, { context: { key: { ...key, upstreams: [] } } })).toMatchObject({
      failure: { reason: "no_model", message: expect.stringMatching(/that this key may use/) },
    });
    expect(first.chats).toHaveLength(0);
  });

  test("spares a host that asked to be left alone, as long as another has the model", async () => {
    await first.behave({ misbehave: "rate-limit", retryAfter: "60" });
    await ask(id);
    for (let call = 0; call < 5; call++) expect(await ask(id)).toMatchObject({ record: { upstream: "ollama-2", attempts: 1 } });
    expect(first.chats).toHaveLength(1);
  });
});

describe("the line for a model", () => {
  beforeEach(async () => {
    await use(first);
    await allowParallel(2);
  });
  afterEach(() => {
    delete process.env.HEARTH_QUEUE_MAX;
    delete process.env.HEARTH_QUEUE_TIMEOUT_MS;
  });

  test("lets through no more than the host may have at once", async () => {
    let mostAtOnce = 0;
    const timer = setInterval(() => {
      mostAtOnce = Math.max(mostAtOnce, ...queueStates().map(({ running }) => running));
    }, 1);
    await first.behave({ intervalMs: 2 });
    const answers = await inBulk(12);
    clearInterval(timer);
    expect(answers.every(({ failure }) => failure === undefined)).toBe(true);
    expect(mostAtOnce).toBe(2);
    expect(answers.filter(({ record }) => (record?.queuedMs ?? 0) > 0)).toHaveLength(10);
    expect(queueStates()).toEqual([{ modelId: id, running: 0, waiting: 0, limit: 2 }]);
  });

  test("is fair: a hundred calls of one user do not hold up another's one, and background work waits for both", async () => {
    await first.behave({ tokens: 2, intervalMs: 2 });
    const ended: string[] = [];
    const by = (owner: string, purpose: "api" | "title" = "api") =>
      ask(id, { context: { userId: null, purpose, key: { ...aKey, id: owner } } }).then(() => ended.push(owner));
    const many = Array.from({ length: 100 }, () => by("many"));
    const title = by("background", "title");
    await new Promise((resolve) => setImmediate(resolve));
    const one = by("one");
    await Promise.all([...many, title, one]);
    expect(ended.indexOf("one")).toBeLessThan(8);
    expect(ended.indexOf("background")).toBeGreaterThanOrEqual(99);
  });

  test("tells each its place from 1 whenever it changes, and 0 when it is let through", async () => {
    await first.behave({ tokens: 3, intervalMs: 15 });
    const told: number[][] = [[], [], [], [], []];
    const by = (index: number) => ask(id, { context: { onQueue: (position) => told[index]?.push(position) } });
    await Promise.all(told.map((_, index) => by(index)));
    expect(told.slice(0, 2)).toEqual([[], []]);
    expect(told[2]).toEqual([1, 0]);
    expect(told[4]?.[0]).toBe(3);
    expect(told[4]?.at(-1)).toBe(0);
    expect(told[4]).toEqual(told[4]?.toSorted((a, b) => b - a));
  });

  test("is refused with the time to wait when it is full, at once", async () => {
    process.env.HEARTH_QUEUE_MAX = "3";
    await use(first);
    await first.behave({ tokens: 10, intervalMs: 30 });
    const asking = inBulk(5);
    await expect.poll(() => queueStates()[0]?.waiting).toBe(3);
    const startedAt = performance.now();
    await expect(ask(id)).rejects.toMatchObject({ status: 429, retryAfterS: expect.any(Number) });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect((await asking).every(({ failure }) => failure === undefined)).toBe(true);
  });

  test("is left after the longest wait, and at once by who stops", async () => {
    process.env.HEARTH_QUEUE_TIMEOUT_MS = "200";
    await use(first);
    await first.behave({ tokens: 30, intervalMs: 30 });
    const running = inBulk(2);
    await expect.poll(() => queueStates()[0]?.running).toBe(2);
    const stop = new AbortController();
    const stopped = ask(id, { abortSignal: stop.signal }).catch((error) => error);
    await expect.poll(() => queueStates()[0]?.waiting).toBe(1);
    stop.abort(new Error("stopped"));
    expect(await stopped).toMatchObject({ message: "stopped" });
    expect(queueStates()[0]?.waiting).toBe(0);
    const late = await ask(id);
    expect(late).toMatchObject({ failure: { reason: "overloaded", message: expect.stringMatching(/stayed taken/) } });
    expect(late.tookMs).toBeLessThan(2_000);
    expect(first.chats).toHaveLength(2);
    await running;
  });

  test("is one for all hosts: whichever has a place serves", async () => {
    await use(first, second);
    await allowParallel(1, "environment-ollama-2");
    await first.behave({ tokens: 100, intervalMs: 20 });
    await second.behave({ tokens: 2, intervalMs: 2 });
    const stop = new AbortController();
    const blocking = Array.from({ length: 3 }, () => ask(id, { abortSignal: stop.signal }).catch(() => undefined));
    await expect.poll(() => queueStates()[0]?.running).toBeGreaterThanOrEqual(2);
    const answers = await inBulk(4);
    expect(answers.every(({ record }) => record?.upstream === "ollama-2")).toBe(true);
    stop.abort();
    await Promise.all(blocking);
  });
});

const aKey = { id: "k", scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };

test("five hundred calls at once to an Ollama that takes them are neither refused nor held up for long", async () => {
  await use(first);
  await first.behave({ tokens: 20, intervalMs: 50 });
  const startedAt = performance.now();
  const answers = await inBulk(500);
  expect(answers.every(({ failure }) => failure === undefined)).toBe(true);
  // One after the other in fours they would take 125 seconds.
  expect(performance.now() - startedAt).toBeLessThan(50_000);
}, 90_000);

describe("a breaker", () => {
  beforeEach(() => use(first));
  const open = async () => {
    await first.behave({ misbehave: "garbage" });
    for (let call = 0; call < 5; call++) await ask(id);
    expect(breakerStates()).toMatchObject([{ hostId: "environment-ollama", model: id, state: "open", until: expect.any(Date) }]);
  };

  test("opens after five failures, says until when, asks nobody meanwhile, probes with one call and closes", async () => {
    await open();
    const { failure } = await ask(id);
    expect(failure).toMatchObject({ reason: "bad_reply", retryAfterS: 1 });
    expect(failure?.message).toMatch(/failed repeatedly with .* and is not asked again until \d\d:\d\d:\d\d UTC\. The last failure: /);
    expect(first.chats).toHaveLength(5);
    await first.behave({ misbehave: undefined, firstTokenMs: 100 });
    await expect.poll(() => Date.now() > (breakerStates()[0]?.until?.getTime() ?? 0), { timeout: 3_000 }).toBe(true);
    const probe = ask(id);
    await expect.poll(() => first.chats.length).toBe(6);
    expect(await ask(id)).toMatchObject({ failure: { message: expect.stringContaining("being tried again just now") } });
    expect(await probe).toMatchObject({ failure: undefined });
    expect(first.chats).toHaveLength(6);
    expect(breakerStates()).toMatchObject([{ state: "closed", until: null }]);
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("is closed by hand", async () => {
    await open();
    await first.behave({ misbehave: undefined });
    closeBreaker("environment-ollama", id);
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("that refusals opened closes when the host's check finds it back", async () => {
    await first.behave({ misbehave: "refuse" });
    for (let call = 0; call < 6; call++) await ask(id);
    expect(breakerStates()).toMatchObject([{ state: "open" }]);
    await expect.poll(() => gatewayState().hosts.get("environment-ollama")?.state).toBe("down");
    await first.behave({ misbehave: undefined });
    for (const host of gatewayState().hosts.values()) host.nextCheckAt = 0;
    await checkDueHosts();
    expect(breakerStates()).toMatchObject([{ state: "closed" }]);
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("sends those away who wait in line for a host that just opened it", async () => {
    await allowParallel(1);
    await first.behave({ misbehave: "garbage", firstTokenMs: 20 });
    const answers = await inBulk(12);
    expect(answers.every(({ failure }) => failure !== undefined)).toBe(true);
    expect(first.chats).toHaveLength(5);
    expect(queueStates()).toMatchObject([{ running: 0, waiting: 0 }]);
  });
});

describe("a model that cannot answer", () => {
  const id = "ollama/small:1b";
  const other = "ollama/other:1b";
  const longer = "ollama/longer:1b";
  const models = [
    { name: "small:1b", contextLength: 2_048, loaded: true },
    { name: "other:1b", contextLength: 1_024, loaded: true },
    { name: "longer:1b", contextLength: 131_072, loaded: true },
  ];
  let spare: FakeHost;
  beforeEach(async () => {
    spare = await fakeOpenai({ models: [{ name: "gpt-5" }] });
    await first.behave({ models: models.slice(0, 1) });
    await second.behave({ models: models.slice(1) });
    setHosts({ OLLAMA_BASE_URL: `${first.url},${second.url}`, OPENAI_BASE_URL: spare.url });
    await listModels();
  });
  afterEach(() => spare.close());

  test("is stood in for by the first of its fallbacks that can, and the record says so", async () => {
    await setModel(id, { fallbacks: ["ollama/gone:1b", "nobody/nothing", "openai/gpt-5"] });
    await Promise.all([first, second].map((host) => host.behave({ misbehave: "server-error" })));
    const answers: AnswerFacts[] = [];
    const { failure, record, text } = await ask(id, { context: { onAnswer: (facts) => answers.push(facts) } });
    expect({ failure, text }).toEqual({ failure: undefined, text: expect.stringMatching(/^tok0 /) });
    expect(record).toMatchObject({ model: "openai/gpt-5", requestedModel: id, upstream: "openai", outcome: "complete" });
    expect(answers).toMatchObject([{ model: "openai/gpt-5", requestedModel: id, attempts: record?.attempts }]);
  });

  test("whose prompt is too long is stood in for only by a model that takes more", async () => {
    await setModel(id, { fallbacks: [other, longer] });
    await first.behave({ misbehave: "context-too-long" });
    expect(await ask(id)).toMatchObject({ failure: undefined, record: { model: longer, requestedModel: id } });
    expect(second.chats.map(({ body }) => body.model)).toEqual(["longer:1b"]);
  });

  test("that its provider's rules keep from answering is stood in for", async () => {
    await setModel("openai/gpt-5", { fallbacks: [other] });
    for (const misbehave of ["refuses-by-policy", "refuses-prompt"] as const) {
      await spare.behave({ misbehave });
      expect(await ask("openai/gpt-5")).toMatchObject({ failure: undefined, record: { model: other, requestedModel: "openai/gpt-5" } });
    }
  });

  test("fails with its own failure when none of its fallbacks can answer, or the key may use none", async () => {
    await setModel(id, { fallbacks: ["openai/gpt-5"] });
    await first.behave({ misbehave: "reject-key" });
    const key = { ...aKey, models: [id] };
    expect(await ask(id, { context: { key } })).toMatchObject({ failure: { reason: "key_rejected" } });
    expect(spare.chats).toHaveLength(0);
    await spare.behave({ misbehave: "empty" });
    const { failure, record } = await ask(id);
    expect(failure).toMatchObject({ reason: "key_rejected" });
    expect(record?.requestedModel).toBeUndefined();
    expect(record).toMatchObject({ model: id, outcome: "failed", reason: "key_rejected" });
  });
});

describe("hedging", () => {
  const learn = async () => {
    for (let call = 0; call < 24; call++) await ask(id);
  };

  test("asks a second host when the first is late; the first content wins and the loser's connection is closed", async () => {
    await setModel(id, { hedge: true });
    await learn();
    const context = { conversationId: "hedged" };
    const { record } = await ask(id, { context });
    const [slow, other] = record?.upstream === "ollama" ? [first, "ollama-2"] : [second, "ollama"];
    await slow.behave({ firstTokenMs: 5_000 });
    expect(await ask(id, { context })).toMatchObject({
      failure: undefined,
      record: { upstream: other, attempts: 2, choice: expect.stringMatching(/^asked second: loaded/) },
    });
    await expect(slow.closedByClient()).resolves.toBe(true);
    await expect.poll(() => queueStates()[0]?.running).toBe(0);
  });

  test("is for models that are set so", async () => {
    await learn();
    await first.behave({ firstTokenMs: 200 });
    await second.behave({ firstTokenMs: 200 });
    expect(await ask(id)).toMatchObject({ record: { attempts: 1 } });
  });
});

test("two thousand calls, a third of them to hosts that fail, leave no timer, socket or listener behind", async () => {
  await first.behave({ tokens: 2 });
  await second.behave({ tokens: 2 });
  const counts = () => {
    const resources = process.getActiveResourcesInfo();
    return {
      timers: resources.filter((name) => name === "Timeout").length,
      sockets: resources.filter((name) => name.startsWith("TCP")).length,
    };
  };
  const round = async (calls: number) => {
    const trouble: (Misbehaviour | undefined)[] = ["drop-mid-stream", "server-error", "garbage", "empty", undefined, undefined];
    for (let done = 0; done < calls; done += 50) {
      await first.behave({ misbehave: trouble[(done / 50) % trouble.length] });
      await inBulk(50);
    }
    await first.behave({ misbehave: undefined });
    await flushCalls();
    await inBulk(20);
    await flushCalls();
  };
  await round(300);
  const before = counts();
  await round(2_000);
  await expect.poll(() => counts().timers, { timeout: 5_000 }).toBeLessThanOrEqual(before.timers + 2);
  expect(counts().sockets).toBeLessThanOrEqual(before.sockets + 60);
  expect(queueStates()).toMatchObject([{ running: 0, waiting: 0 }]);
}, 120_000);
