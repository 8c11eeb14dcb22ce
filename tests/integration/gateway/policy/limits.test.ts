import { describe, expect, test } from "vitest";
import { insertGroup } from "@/db/queries/groups";
import { callLeases, limits } from "@/db/schema/gateway";
import type { RateLimitedError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { aUser } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import { admit, aLimit, aRecord } from "@/tests/support/policy";
import { end, outcomes, refusal, times, withPolicyDatabase } from "@/tests/support/policy-database";

describe.each(databaseKinds)("limits on %s", (kind) => {
  const on = withPolicyDatabase(kind);

  test("of requests at once as many pass as the limit allows, and the others are told how it stands and when to come back", async () => {
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 5 });
    const { admitted, refusals } = await outcomes(times(12).map(() => admit(on.user)));
    expect([admitted.length, refusals.length]).toEqual([5, 7]);
    for (const error of refusals as RateLimitedError[]) {
      expect(error).toMatchObject({ code: "rate_limited", status: 429 });
      expect(error.retryAfterS).toBeGreaterThan(50);
      expect(error.headers).toMatchObject({ "ratelimit-limit": "5", "ratelimit-remaining": "0" });
    }
    expect(admitted.map(({ headers }) => Number(headers["ratelimit-remaining"])).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test("the limit for everyone holds for each user by themselves, one for a model for all together", async () => {
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 1 });
    expect((await outcomes([admit(on.user), admit(on.other)])).refusals).toEqual([]);
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 100 });
    await aLimit({ subjectKind: "model", subjectId: "ollama/small:latest", requestsPerMinute: 1 });
    expect(await refusal(admit(on.user, { model: "ollama/small" }))).toBeUndefined();
    expect(await refusal(admit(on.other, { model: "ollama/small:latest" }))).toMatchObject({ code: "rate_limited" });
    expect(await refusal(admit(on.other, { model: "ollama/other" }))).toBeUndefined();
  });

  test("limits of a user, a key and a group hold for them and for nobody else", async () => {
    const key = { id: newId(), scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };
    const group = await insertGroup(on.database.db, { id: newId(), name: "Research", members: [on.user] });
    await aLimit({ subjectKind: "user", subjectId: on.other, requestsPerMinute: 1 });
    await aLimit({ subjectKind: "key", subjectId: key.id, requestsPerMinute: 2 });
    await aLimit({ subjectKind: "group", subjectId: group.id, requestsPerMinute: 3 });
    expect((await outcomes(times(3).map(() => admit(on.user)))).refusals).toEqual([]);
    expect(await refusal(admit(on.user))).toMatchObject({ code: "rate_limited" });
    expect(await refusal(admit(on.other))).toBeUndefined();
    expect(await refusal(admit(on.other))).toMatchObject({ code: "rate_limited" });
    const third = await aUser();
    expect((await outcomes(times(4).map(() => admit(third)))).refusals).toEqual([]);
    expect((await outcomes(times(3).map(() => admit(third, { context: { key } })))).refusals).toHaveLength(1);
  });

  test("a key that was made a moment ago is held to its own limit from its first call on", async () => {
    await admit(on.user);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const key = { id: newId(), scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };
    await on.database.db.insert(limits).values({ id: newId(), subjectKind: "key", subjectId: key.id, requestsPerMinute: 1 });
    expect(await refusal(admit(on.user, { context: { key } }))).toBeUndefined();
    expect(await refusal(admit(on.user, { context: { key } }))).toMatchObject({ code: "rate_limited" });
  });

  test("tokens are reserved at their worst and put right by what the call took", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, tokensPerMinute: 4_000 });
    const { admitted, refusals } = await outcomes(times(4).map(() => admit(on.user)));
    expect([admitted.length, refusals.length]).toEqual([2, 2]);
    await end(admitted, aRecord({ inputTokens: 100, outputTokens: 100 }));
    const more = await outcomes(times(4).map(() => admit(on.user)));
    expect(more.admitted).toHaveLength(2);
    await end(more.admitted, aRecord({ inputTokens: 2_000, outputTokens: 500 }));
    expect(await refusal(admit(on.user, { size: { inputTokens: () => 1, maxOutputTokens: 1 } }))).toMatchObject({ code: "rate_limited" });
  });

  // In the database calls do not take turns: that would cost each a round trip more.
  test.runIf(kind === "embedded")("a call that fits is let through between others that arrive with it and do not", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, tokensPerMinute: 10_000 });
    const ask = (tokens: number) => admit(on.user, { size: { inputTokens: () => tokens, maxOutputTokens: 0 } });
    const asked = await Promise.allSettled([ask(6_000), ask(6_000), ask(1_000), ask(6_000)]);
    expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
    expect(await refusal(ask(3_001))).toMatchObject({ code: "rate_limited" });
    expect(await refusal(ask(3_000))).toBeUndefined();
  });

  test("a call larger than the whole limit of tokens passes when the minute is fresh, and only then", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, tokensPerMinute: 1_000 });
    expect(await refusal(admit(on.user))).toBeUndefined();
    expect(await refusal(admit(on.user))).toMatchObject({ code: "rate_limited" });
  });

  test("calls at once are as many as the limit allows, and one that ended makes room", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, parallel: 3 });
    const { admitted, refusals } = await outcomes(times(10).map(() => admit(on.user)));
    expect([admitted.length, refusals.length]).toEqual([3, 7]);
    expect(await refusal(admit(on.other))).toBeUndefined();
    await end(admitted.slice(0, 1));
    expect((await outcomes([admit(on.user), admit(on.user)])).admitted).toHaveLength(1);
  });

  test.runIf(kind === "server")("a place that a dead process held is free again when its time is over", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, parallel: 1 });
    await admit(on.user);
    expect(await refusal(admit(on.user))).toMatchObject({ code: "rate_limited" });
    await on.database.db.update(callLeases).set({ expiresAt: new Date(Date.now() - 1_000) });
    expect(await refusal(admit(on.user))).toBeUndefined();
  });

  test("a changed limit holds with the next call, in a minute that has begun", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, requestsPerMinute: 1 });
    expect((await outcomes([admit(on.user), admit(on.user)])).admitted).toHaveLength(1);
    await aLimit({ subjectKind: "user", subjectId: on.user, requestsPerMinute: 3 });
    expect((await outcomes(times(3).map(() => admit(on.user)))).admitted).toHaveLength(2);
  });
});
