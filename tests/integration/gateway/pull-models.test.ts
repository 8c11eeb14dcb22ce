import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as deleteModel } from "@/app/api/v1/models/[...modelId]/route";
import { POST as pull } from "@/app/api/v1/models/pull/route";
import { DELETE as cancelPull } from "@/app/api/v1/pulls/[pullId]/route";
import { GET as pulls } from "@/app/api/v1/pulls/route";
import { listModels } from "@/lib/gateway/list-models";
import type { Pull } from "@/lib/gateway/ollama/contract";
import { startPull } from "@/lib/gateway/ollama/start-pull";
import { forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { until } from "../../support/chat";
import { fakeOllama } from "../../support/fake-ollama";
import { bootGateway } from "../../support/gateway";
import { sender, sendRaw } from "../../support/send";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let [first, second] = [] as unknown as [Awaited<ReturnType<typeof fakeOllama>>, Awaited<ReturnType<typeof fakeOllama>>];
let token: string;
let send: ReturnType<typeof sender>;

beforeAll(async () => {
  withEnvironment({ HEARTH_SIGNUP: "open" });
  [first, second] = [await fakeOllama(), await fakeOllama()];
  const timeouts = { HEARTH_COLD_LOAD_TIMEOUT_MS: "1000", HEARTH_FIRST_TOKEN_TIMEOUT_MS: "1000" };
  gateway = await bootGateway({ OLLAMA_BASE_URL: `${first.url},${second.url}`, ...timeouts });
  forgetAttempts();
  token = (await registered()).accessToken;
  send = sender(token);
});
beforeEach(() => first.behave({ pull: undefined, misbehave: undefined }));
afterAll(async () => {
  await gateway.close();
  await Promise.all([first.close(), second.close()]);
});

const slow = { sizeBytes: 1_000_000, steps: 1_000, intervalMs: 10 };
type Event = { status?: string; completed?: number | null; total?: number | null; error?: string };

/** The events of a pull over REST, `[DONE]` left out. */
async function eventsOf(response: Response): Promise<Event[]> {
  const text = await response.text();
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json ?? ""));
}
const newest = async (): Promise<Pull> => (await send(pulls)).body.items[0];
const idsOf = async () => (await listModels()).map(({ id }) => id);

test("a pull tells its progress over all parts together, ends with success, and the model is listed at once", async () => {
  await first.behave({ pull: { sizeBytes: 1_000_000, steps: 10, intervalMs: 20 } });
  const response = await sendRaw(token, pull, { body: { name: "qwen3:4b" } });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const events = await eventsOf(response);
  expect(events.length).toBeGreaterThan(2);
  expect(events.at(-1)).toEqual({ status: "success", completed: 1_000_100, total: 1_000_100 });
  const figures = events.map(({ completed }) => completed ?? 0);
  expect(figures).toEqual(figures.toSorted((a, b) => a - b));
  expect(await idsOf()).toContain("ollama/qwen3:4b");
  expect(await newest()).toMatchObject({ name: "qwen3:4b", state: "done", upstream: "ollama" });
});

test("a model goes to the host that is named", async () => {
  await eventsOf(await sendRaw(token, pull, { body: { name: "only:1b", upstreamId: "environment-ollama-2" } }));
  expect((await listModels()).find(({ id }) => id === "ollama/only:1b")?.upstreams).toMatchObject([{ name: "ollama-2" }]);
  expect((await send(pull, { body: { name: "only:1b", upstreamId: "built-in-embedded" } })).status).toBe(409);
  expect((await send(pull, { body: { name: "only:1b", upstreamId: "nobody" } })).status).toBe(404);
});

test("who closes the connection cancels the pull and closes the host's; one that joined it does not", async () => {
  await first.behave({ pull: slow });
  const own = await sendRaw(token, pull, { body: { name: "big:70b" } });
  const joined = await sendRaw(token, pull, { body: { name: "big:70b" } });
  expect(first.requests.filter(({ path, body }) => path === "/api/pull" && body.model === "big:70b")).toHaveLength(1);
  await joined.body?.cancel();
  expect(await newest()).toMatchObject({ name: "big:70b", state: "running" });
  await own.body?.cancel();
  expect(await first.closedByClient()).toBe(true);
  await until(async () => (await newest()).state === "cancelled");
  expect(await idsOf()).not.toContain("ollama/big:70b");
});

test("a pull that goes on in the background is listed with its progress, and is cancelled by its id", async () => {
  await first.behave({ pull: slow });
  await startPull({ name: "big:70b" });
  await until(async () => ((await newest()).completed ?? 0) > 1_000);
  const { id, total } = await newest();
  expect(total).toBe(1_000_000);
  expect((await send(cancelPull, { params: { pullId: id } })).status).toBe(204);
  expect(await first.closedByClient()).toBe(true);
  expect((await send(pulls)).body.items.map((item: Pull) => item.id)).not.toContain(id);
  expect((await send(cancelPull, { params: { pullId: id } })).status).toBe(404);
});

test("who goes away while a download is begun ends it too", async () => {
  await first.behave({ pull: slow });
  await sendRaw(token, pull, { body: { name: "early:1b" }, signal: AbortSignal.abort() });
  await until(async () => (await newest()).state !== "running");
  expect(await newest()).toMatchObject({ name: "early:1b", state: "cancelled" });
});

test.each([
  ["is unknown", { name: "unknown:1b" }, undefined, /knows of no model unknown:1b/],
  ["fills the disk", { name: "m:1b" }, { failsWith: "write /root/.ollama: no space left on device" }, /no room on its disk for m:1b/],
  ["cannot be fetched", { name: "m:1b" }, { failsWith: "dial tcp: lookup registry.ollama.ai: no such host" }, /cannot reach the library/],
  ["breaks off half way", { name: "m:1b" }, { drops: true }, /broke off downloading m:1b/],
  ["hangs half way", { name: "m:1b" }, { hangs: true }, /has said nothing about m:1b/],
])("a model that %s fails with a sentence that says what to do", async (_, body, misbehaviour, sentence) => {
  await first.behave({ pull: { sizeBytes: 1_000, steps: 4, intervalMs: 5, ...misbehaviour } });
  const response = await sendRaw(token, pull, { body });
  if (response.status === 200) expect((await eventsOf(response)).at(-1)).toEqual({ error: expect.stringMatching(sentence) });
  else expect(await response.json()).toMatchObject({ code: "invalid_request", detail: expect.stringMatching(sentence) });
  expect(await newest()).toMatchObject({ state: "failed", error: expect.stringMatching(sentence) });
  expect(await idsOf()).not.toContain("ollama/m:1b");
});

test("a host that refuses connections is told before anything is streamed", async () => {
  await first.behave({ misbehave: "refuse" });
  const refused = await send(pull, { body: { name: "m:1b", upstreamId: "environment-ollama" } });
  expect(refused).toMatchObject({ status: 503, body: { reason: "host_refused" } });
});

test("a model is deleted from every Ollama that has it, or from the one that is named", async () => {
  for (const host of [first, second]) await host.behave({ models: [{ name: "both:1b" }, { name: "hf.co/someone/model:Q4" }] });
  for (const upstreamId of ["environment-ollama", "environment-ollama-2"]) {
    await (await startPull({ name: "x:1b", upstreamId })).entry.ended;
  }
  // Encoded as one segment, and as Next splits what is not.
  const fromOne = await send(deleteModel, { params: { modelId: ["ollama%2Fboth%3A1b"] }, query: "upstreamId=environment-ollama" });
  expect(fromOne.status).toBe(204);
  expect((await listModels()).find(({ id }) => id === "ollama/both:1b")?.upstreams).toMatchObject([{ name: "ollama-2" }]);
  expect((await send(deleteModel, { params: { modelId: ["ollama", "hf.co", "someone", "model:Q4"] } })).status).toBe(204);
  expect(await idsOf()).not.toContain("ollama/hf.co/someone/model:Q4");
  expect((await send(deleteModel, { params: { modelId: ["ollama", "nobody:1b"] } })).status).toBe(404);
});

test("an Ollama that never says that it has deleted a model is told as one that took too long", async () => {
  await first.behave({ models: [{ name: "stuck:1b" }] });
  await (await startPull({ name: "y:1b", upstreamId: "environment-ollama" })).entry.ended;
  await first.behave({ misbehave: "hang-always" });
  const late = await send(deleteModel, { params: { modelId: ["ollama", "stuck:1b"] } });
  expect(late).toMatchObject({ status: 504, body: { code: "model_timeout", reason: "timed_out" } });
  expect(late.body.detail).toMatch(/ollama \(.*\) was not done with stuck:1b after 1 seconds/);
});
