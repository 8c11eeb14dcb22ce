import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setDatabase } from "@/db/database";
import { upstreams } from "@/db/schema/gateway";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { hostChoices } from "@/lib/gateway/hosts/host-choices";
import { listModels } from "@/lib/gateway/list-models";
import { reloadHosts } from "@/lib/gateway/load-hosts";
import { testUpstream } from "@/lib/gateway/test-upstream";
import { updateUpstream } from "@/lib/gateway/update-upstream";
import { addUpstreamInput } from "@/lib/gateway/upstream-contract";
import { upstreamStates } from "@/lib/gateway/upstream-states";
import { fakeOpenai } from "../../support/fake-openai";
import { ask, bootGateway, setHosts } from "../../support/gateway";

const nowhere = "http://127.0.0.1:47999";
let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  gateway = await bootGateway({ OLLAMA_BASE_URL: nowhere });
});
afterAll(() => gateway.close());

test("an added host is used at once under its name, its key stored encrypted and never shown", async () => {
  const upstream = await fakeOpenai({ tokens: 2, models: [{ name: "mistral" }] });
  setHosts({ OLLAMA_BASE_URL: nowhere });
  const added = await addUpstream({ name: "vllm", kind: "openai-compatible", baseUrl: upstream.url, apiKey: "sk-very-secret" });
  const shown = (await upstreamStates()).find((state) => state.id === added.id);
  expect(shown).toMatchObject({ name: "vllm", source: "saved", hasKey: true, baseUrl: `${upstream.url}/v1` });
  await expect.poll(listModels).toMatchObject([{ id: "vllm/mistral" }]);
  expect(await ask("vllm/mistral")).toMatchObject({ failure: undefined, text: "tok0 tok1 " });
  expect(upstream.chats[0]?.headers.authorization).toBe("Bearer sk-very-secret");
  const rows = await gateway.database.db.select().from(upstreams);
  expect(JSON.stringify([rows, await upstreamStates(), added])).not.toContain("sk-very-secret");

  await expect(addUpstream({ name: "vllm", kind: "ollama", baseUrl: "http://other" })).rejects.toMatchObject({ code: "conflict" });
  const id = added.id;
  await updateUpstream({ id, enabled: false });
  expect(await listModels()).toEqual([]);
  expect(await ask("vllm/mistral")).toMatchObject({ failure: { reason: "no_model" } });
  await updateUpstream({ id, enabled: true });
  expect(await ask("vllm/mistral")).toMatchObject({ failure: undefined });
  await deleteUpstream({ id });
  expect(await ask("vllm/mistral")).toMatchObject({ failure: { reason: "no_model" } });
  await upstream.close();
});

test("compatible servers whose names differ after an @ have the same model in common, and one answers for the other", async () => {
  const [first, second] = await Promise.all([1, 2].map(() => fakeOpenai({ tokens: 2, models: [{ name: "mistral" }] })));
  if (!first || !second) throw new Error("Two fakes were asked for.");
  setHosts({ OLLAMA_BASE_URL: nowhere });
  const kind = "openai-compatible" as const;
  const added = [
    await addUpstream({ name: "twin@a", kind, baseUrl: first.url }),
    await addUpstream({ name: "twin@b", kind, baseUrl: second.url }),
  ];
  await expect
    .poll(async () => (await listModels()).map(({ id, upstreams: hosts }) => [id, hosts.map(({ name }) => name)]))
    .toEqual([["twin/mistral", ["twin@a", "twin@b"]]]);
  await first.behave({ misbehave: "server-error" });
  for (let call = 0; call < 3; call += 1) {
    expect(await ask("twin/mistral")).toMatchObject({ text: "tok0 tok1 ", record: { model: "twin/mistral", upstream: "twin@b" } });
  }
  for (const host of added) await deleteUpstream(host);
  await Promise.all([first.close(), second.close()]);
});

test.each(["openai@box", "Local@a", "ollama-2", "Ollama-12@box", "a@", "@a", "a@b@c", "a b", `x${"a".repeat(40)}`])(
  "a host cannot be named %s",
  (name) => {
    const parsed = addUpstreamInput.safeParse({ name, kind: "openai-compatible", baseUrl: "http://127.0.0.1:1" });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["name"]]);
  },
);

test("a host whose address changes does not get the key that was entered for the old one", async () => {
  const [first, second] = await Promise.all([fakeOpenai(), fakeOpenai()]);
  const added = await addUpstream({ name: "moved", kind: "openai-compatible", baseUrl: first.url, apiKey: "sk-first" });
  await updateUpstream({ id: added.id, baseUrl: second.url });
  await ask("moved/gpt-5");
  expect(second.requests.length).toBeGreaterThan(0);
  expect(second.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  await deleteUpstream({ id: added.id });
  await Promise.all([first.close(), second.close()]);
});

test("hosts of the environment can be neither changed nor removed", async () => {
  const id = "01890000-0000-7000-8000-000000000000";
  await expect(updateUpstream({ id, enabled: false })).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteUpstream({ id })).rejects.toMatchObject({ code: "not_found" });
});

test("a test of a host tells what it found, or what is wrong", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "a" }, { name: "b" }] });
  expect(await testUpstream({ kind: "openai-compatible", baseUrl: upstream.url })).toMatchObject({
    ok: true,
    modelCount: 2,
    models: ["a", "b"],
  });
  await upstream.behave({ misbehave: "reject-key" });
  expect(await testUpstream({ kind: "openai-compatible", baseUrl: upstream.url, apiKey: "bad" })).toMatchObject({
    ok: false,
    error: expect.stringMatching(/rejected the key/),
  });
  await expect(testUpstream({ kind: "openai-compatible", baseUrl: "ftp://x" })).rejects.toMatchObject({ code: "invalid_request" });
  await upstream.close();
});

test("saved hosts stay in use while the database does not answer", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "m" }] });
  setHosts({ OLLAMA_BASE_URL: nowhere });
  const added = await addUpstream({ name: "kept", kind: "openai-compatible", baseUrl: upstream.url });
  await expect.poll(listModels).toMatchObject([{ id: "kept/m" }]);
  await gateway.database.db.execute(sql`alter table upstreams rename to upstreams_away`);
  await reloadHosts();
  expect(await listModels()).toMatchObject([{ id: "kept/m" }]);
  await gateway.database.db.execute(sql`alter table upstreams_away rename to upstreams`);
  await deleteUpstream({ id: added.id });
  await upstream.close();
});

test("a host that is saved while the hosts are being read is in use at once", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "m" }] });
  setHosts({ OLLAMA_BASE_URL: nowhere });
  await listModels();
  const { database } = gateway;
  const held = Promise.withResolvers<[]>();
  const select = () => ({ from: () => ({ orderBy: () => held.promise }) });
  setDatabase({ ...database, db: Object.assign(Object.create(database.db), { select }) });
  const earlier = reloadHosts();
  setDatabase(database);
  const adding = addUpstream({ name: "late", kind: "openai-compatible", baseUrl: upstream.url });
  await expect.poll(() => database.db.$count(upstreams)).toBe(1);
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
  held.resolve([]);
  await earlier;
  const { id } = await adding;
  await expect.poll(listModels).toMatchObject([{ id: "late/m" }]);
  await deleteUpstream({ id });
  await upstream.close();
});

test("a key can be limited to a host that has no model yet by an admin alone", async () => {
  const empty = await fakeOpenai({ models: [] });
  const added = await addUpstream({ name: "empty", kind: "openai-compatible", baseUrl: empty.url });
  const models = await listModels();
  const having = [...new Set(models.flatMap(({ upstreams: hosts }) => hosts.map(({ name }) => name)))];
  expect(await hostChoices({ role: "user" }, models)).toEqual(having);
  const choices = await hostChoices({ role: "admin" }, models);
  expect(choices).toEqual(expect.arrayContaining([...having, "empty"]));
  await updateUpstream({ id: added.id, enabled: false });
  expect(await hostChoices({ role: "admin" }, models)).not.toContain("empty");
  await deleteUpstream(added);
  await empty.close();
});
