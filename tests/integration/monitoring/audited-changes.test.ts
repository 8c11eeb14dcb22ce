import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/database";
import { listAlertChannels } from "@/db/queries/alert-deliveries";
import { listActiveAlerts, listAlertRules, listSilences } from "@/db/queries/alerts";
import type { Session } from "@/lib/auth/contract";
import { createAccount } from "@/lib/auth/create-account";
import { createKey } from "@/lib/auth/keys/create-key";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { runtime } from "@/lib/gateway/embedded/runtime";
import { createGroup } from "@/lib/gateway/limits/create-group";
import { setBudget } from "@/lib/gateway/limits/set-budget";
import { setLimit } from "@/lib/gateway/limits/set-limit";
import { startPull } from "@/lib/gateway/ollama/start-pull";
import type { SignedInCaller } from "@/lib/http/caller";
import { addAlertChannel } from "@/lib/monitoring/alerts/add-alert-channel";
import { evaluateAlerts } from "@/lib/monitoring/alerts/evaluate-alerts";
import { silenceAlerts } from "@/lib/monitoring/alerts/silence-alerts";
import type { AuditAction } from "@/lib/monitoring/audit/contract";
import { shutDownShells } from "@/lib/terminal/shut-down-shells";
import { anEmail, browserCookie, forgetAttempts, goodPassword, registered, withEnvironment } from "@/tests/support/accounts";
import { adminChanges } from "@/tests/support/admin-changes";
import { auditEventsOf } from "@/tests/support/audit";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let ollama: Awaited<ReturnType<typeof fakeOllama>>;
let admin: Session;
let caller: SignedInCaller;
let cookie: string;

const changes = await adminChanges(() => ({
  cookie,
  host: "localhost:3000",
  "sec-fetch-site": "same-origin",
  "x-forwarded-for": "192.0.2.7",
}));

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "hearth-audit-"));
  withEnvironment({
    HEARTH_SIGNUP: "approval",
    HEARTH_DATA_DIR: folder,
    HEARTH_TERMINAL: "admin",
    HEARTH_TERMINAL_SHELL: "/bin/sh",
    HEARTH_TERMINAL_CWD: "/tmp",
  });
  ollama = await fakeOllama();
  gateway = await bootGateway({ OLLAMA_BASE_URL: ollama.url, HEARTH_LOCAL_MODEL: "" });
  // No model is fetched from anywhere.
  runtime().catalogue = { ...runtime().catalogue, models: runtime().catalogue.models.map((one) => ({ ...one, sources: [] })) };
  forgetAttempts();
  admin = await registered();
  const browser = await browserCookie(admin.user.id);
  cookie = browser.cookie;
  caller = { userId: admin.user.id, email: admin.user.email, name: "Ann", role: "admin", via: "cookie", sessionId: browser.sessionId };
});
afterAll(async () => {
  await shutDownShells();
  await gateway.close();
  await ollama.close();
});

/** These look, test or try, and change nothing that lasts. */
const harmless = [
  "POST /api/v1/upstreams/{upstreamId}/check",
  "POST /api/v1/upstreams/check",
  "action tryRouting",
  "action listTerminals",
  "action lastTerminalCommand",
  "POST /api/terminal/copilot",
  "action renameTerminal",
];

const model = "ollama/llama3.2:3b";
const modelParams = { modelId: ["ollama", "llama3.2:3b"] };
const everyone = { subjectKind: "everyone" as const };
const aHost = async () => (await addUpstream({ name: `h${Date.now()}`, kind: "openai-compatible", baseUrl: "http://127.0.0.1:9" })).id;
const aPending = async () => (await createAccount({ email: anEmail(), password: goodPassword, address: "192.0.2.9" })).id;
const aGroup = async () => (await createGroup({ name: `g${Date.now()}`, members: [] })).id;
const aLimit = async () => (await setLimit({ ...everyone, parallel: 5 })).id;
const aBudget = async () => (await setBudget({ ...everyone, period: "day", limitUsd: 1, hard: false })).id;
const aPull = async () => {
  await ollama.behave({ pull: { sizeBytes: 1_000_000, steps: 1_000, intervalMs: 10 } });
  return (await startPull({ name: `big${Date.now()}:1b` })).entry.view.id;
};
const aSmallPull = async (name: string) => {
  await ollama.behave({ pull: { sizeBytes: 10, steps: 1, intervalMs: 1 } });
  return { body: { name } };
};
const aTerminal = async () => {
  const opened = await changes.get("action openTerminal")?.({ body: { cols: 80, rows: 24 } });
  return (opened as { id: string }).id;
};

const ruleBody = () => ({
  name: `r${Date.now()}`,
  metric: "hostDown",
  comparison: "above",
  threshold: 0,
  windowS: 60,
  forS: 0,
  noData: "ok",
});
const aRule = async () => {
  await changes.get("action saveRule")?.({ body: ruleBody() });
  return (await listAlertRules(db())).at(-1)?.id;
};
const aFiringAlert = async () => {
  const hosts = async () => [{ id: "h", name: "h", isDown: true, openBreakers: 0 }];
  await aRule();
  await evaluateAlerts({ probes: { hosts }, holder: "test", now: new Date() });
  return (await listActiveAlerts(db()))[0]?.id;
};
const aSilence = async () => {
  await silenceAlerts(caller, { ruleId: null, minutes: 5, reason: "" });
  return (await listSilences(db(), new Date())).at(-1)?.id;
};
const aChannel = async () => {
  await addAlertChannel({ kind: "webhook", name: `c${Date.now()}`, url: "http://127.0.0.1:9/hook?key=very-secret" });
  return (await listAlertChannels(db())).at(-1)?.id;
};

type Case = [name: string, action: AuditAction, given: () => unknown];
const body = (value: unknown) => () => ({ body: value });
const limitBody = { ...everyone, requestsPerMinute: 50_000 };
const budgetBody = { ...everyone, period: "month", limitUsd: 1_000_000 };
const hostBody = () => ({ name: `n${Date.now()}`, kind: "openai-compatible", baseUrl: "http://127.0.0.1:9", apiKey: "sk-very-secret-key" });

const cases: Case[] = [
  ["POST /api/v1/limits", "limit.set", body(limitBody)],
  ["action saveLimit", "limit.set", body(limitBody)],
  ["DELETE /api/v1/limits/{limitId}", "limit.removed", async () => ({ params: { limitId: await aLimit() } })],
  ["action dropLimit", "limit.removed", async () => ({ body: { id: await aLimit() } })],
  ["POST /api/v1/budgets", "budget.set", body(budgetBody)],
  ["action saveBudget", "budget.set", body(budgetBody)],
  ["DELETE /api/v1/budgets/{budgetId}", "budget.removed", async () => ({ params: { budgetId: await aBudget() } })],
  ["action dropBudget", "budget.removed", async () => ({ body: { id: await aBudget() } })],
  ["POST /api/v1/groups", "group.created", body({ name: "Writers" })],
  ["action addGroup", "group.created", body({ name: "Readers", members: [] })],
  ["PATCH /api/v1/groups/{groupId}", "group.changed", async () => ({ params: { groupId: await aGroup() }, body: { name: "Poets" } })],
  ["action saveGroup", "group.changed", async () => ({ body: { id: await aGroup(), name: "Printers" } })],
  ["DELETE /api/v1/groups/{groupId}", "group.removed", async () => ({ params: { groupId: await aGroup() } })],
  ["action dropGroup", "group.removed", async () => ({ body: { id: await aGroup() } })],
  ["action saveChatLimit", "settings.changed", body({ chatPerMinute: 20 })],
  ["action saveCallLimits", "settings.changed", body({ queueMax: 90 })],
  ["action saveCache", "settings.changed", body({ cacheTtlS: 60, cacheMaxMb: 32, similarity: null, embeddingModel: null })],
  ["action saveTraces", "settings.changed", body({ traceContent: "admins", traceKeepDays: 7 })],
  ["action saveRouting", "settings.changed", body({ routePreference: "fast", routeRules: [] })],
  ["action emptyCache", "cache.cleared", body({})],
  ["action approvePerson", "account.approved", async () => ({ body: { id: await aPending() } })],
  ["action declinePerson", "account.declined", async () => ({ body: { id: await aPending() } })],
  [
    "action shareCache",
    "key.changed",
    async () => {
      const key = await createKey(caller, { name: "Shared", scopes: ["chat"], cache: "deterministic" });
      return { body: { id: key.id, sharesCache: true } };
    },
  ],
  ["POST /api/v1/upstreams", "host.added", () => ({ body: hostBody() })],
  ["action addHost", "host.added", () => ({ body: hostBody() })],
  [
    "PATCH /api/v1/upstreams/{upstreamId}",
    "host.changed",
    async () => ({ params: { upstreamId: await aHost() }, body: { enabled: false } }),
  ],
  ["action changeHost", "host.changed", async () => ({ body: { id: await aHost(), apiKey: "sk-very-secret-key" } })],
  ["DELETE /api/v1/upstreams/{upstreamId}", "host.deleted", async () => ({ params: { upstreamId: await aHost() } })],
  ["action removeHost", "host.deleted", async () => ({ body: { id: await aHost() } })],
  [
    "POST /api/v1/upstreams/{upstreamId}/close-breaker",
    "host.breaker_closed",
    async () => ({ params: { upstreamId: await aHost() }, body: { model } }),
  ],
  ["action closeBreaker", "host.breaker_closed", async () => ({ body: { id: await aHost(), model } })],
  ["PATCH /api/v1/models/{modelId}", "model.changed", () => ({ params: modelParams, body: { hedge: true } })],
  ["action saveModel", "model.changed", body({ modelId: model, hedge: false })],
  ["POST /api/v1/models/load", "model.loaded", body({ modelId: model })],
  ["POST /api/v1/models/unload", "model.unloaded", body({ modelId: model })],
  ["POST /api/v1/models/pull", "model.pulled", () => aSmallPull("one:1b")],
  ["action pullModel", "model.pulled", () => aSmallPull("two:1b")],
  ["DELETE /api/v1/models/{modelId}", "model.deleted", () => ({ params: { modelId: ["ollama", "one:1b"] } })],
  ["DELETE /api/v1/pulls/{pullId}", "model.pull_cancelled", async () => ({ params: { pullId: await aPull() } })],
  ["action stopPull", "model.pull_cancelled", async () => ({ body: { id: await aPull() } })],
  ["POST /api/v1/embedded-model/retry", "model.download_retried", () => ({})],
  ["POST /api/v1/embedded-model", "model.chosen", () => ({ body: { name: "off" } })],
  ["action saveRule", "alert.rule_added", () => ({ body: ruleBody() })],
  ["action dropRule", "alert.rule_removed", async () => ({ body: { id: await aRule() } })],
  ["action acknowledge", "alert.acknowledged", async () => ({ body: { id: await aFiringAlert() } })],
  ["action silence", "alert.silenced", body({ ruleId: null, minutes: 5 })],
  ["action dropSilence", "alert.silence_ended", async () => ({ body: { id: await aSilence() } })],
  ["action addChannel", "alert.channel_added", body({ kind: "webhook", name: "Pager", url: "http://127.0.0.1:9/hook?key=very-secret" })],
  ["action dropChannel", "alert.channel_removed", async () => ({ body: { id: await aChannel() } })],
  ["action testChannel", "alert.channel_tested", async () => ({ body: { id: await aChannel() } })],
  ["action openTerminal", "terminal.started", body({ cols: 80, rows: 24 })],
  ["action closeTerminal", "terminal.ended", async () => ({ body: { id: await aTerminal(), force: true } })],
];

test("every change that only admins can make is tried below, or is known to change nothing", () => {
  expect([...cases.map(([name]) => name), ...harmless].toSorted()).toEqual([...changes.keys()].toSorted());
});

test.each(cases)("%s writes %s down, with who did it, from where and by which request", async (name, action, given) => {
  const input = await given();
  const before = new Set((await auditEventsOf(action)).map(({ id }) => id));
  await changes.get(name)?.(input as object);
  await expect
    .poll(async () => (await auditEventsOf(action)).filter(({ id }) => !before.has(id)))
    .toMatchObject([
      {
        outcome: "done",
        actorId: admin.user.id,
        actorName: admin.user.email,
        via: "cookie",
        address: "192.0.2.7",
        requestId: expect.stringMatching(/^[\w-]{8,64}$/),
      },
    ]);
  expect(JSON.stringify(await auditEventsOf())).not.toContain("very-secret");
});
