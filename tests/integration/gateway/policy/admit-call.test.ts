import { describe, expect, test } from "vitest";
import { setDatabase } from "@/db/database";
import { newId } from "@/lib/core/ids";
import { aUser } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import { aBudget, admit, aLimit, pricedModel, theModel } from "@/tests/support/policy";
import { end, outcomes, refusal, times, withPolicyDatabase } from "@/tests/support/policy-database";

describe.each(databaseKinds)("the policy stage on %s", (kind) => {
  const on = withPolicyDatabase(kind);

  test("without limits and budgets a call is let through without a look into the database", async () => {
    await admit(on.user);
    const watched = new Proxy(on.database.db, {
      get(target, name) {
        throw new Error(`The database was asked: ${String(name)}, ${String(target)}`);
      },
    });
    setDatabase({ ...on.database, db: watched });
    try {
      expect(await admit(on.user)).toMatchObject({ headers: {}, warnings: [] });
    } finally {
      setDatabase(on.database);
    }
  });

  test("what a later stage refuses is given back to the earlier ones", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, parallel: 1, requestsPerMinute: 2, tokensPerMinute: 3_000 });
    const budget = await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.001 });
    for (const _ of times(5)) expect(await refusal(admit(on.user))).toMatchObject({ code: "budget_exceeded", status: 402 });
    await aBudget({ ...budget, limitUsd: 1 });
    const admission = await admit(on.user);
    expect(admission.headers["ratelimit-remaining"]).toBe("1");
  });

  test("a model for admins only is to others as if it did not exist", async () => {
    await theModel("ollama/secret:latest", { visibleTo: "admins" });
    const admin = await aUser("admin");
    for (const model of ["ollama/secret", "ollama/secret:latest"]) {
      expect(await refusal(admit(on.user, { model }))).toMatchObject({ code: "model_unavailable", reason: "no_model" });
      expect(await refusal(admit(admin, { model }))).toBeUndefined();
    }
  });

  test("a key is held to the models it names", async () => {
    const grant = { scopes: [], upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };
    const key = { ...grant, id: newId(), models: ["openai/*"] };
    expect(await refusal(admit(on.user, { context: { key } }))).toBeUndefined();
    expect(await refusal(admit(on.user, { model: "ollama/small", context: { key } }))).toMatchObject({ code: "forbidden", status: 403 });
  });

  test("a title is not held up by a limit of a minute, and costs its budget all the same", async () => {
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 1 });
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.02 });
    const titles = await outcomes(times(3).map(() => admit(on.user, { context: { purpose: "title" } })));
    expect([titles.admitted.length, titles.refusals[0]?.code]).toEqual([2, "budget_exceeded"]);
  });

  test("work of Hearth's own for a call meets none of the caller's limits and needs no right to its model, but its cost counts", async () => {
    await theModel(pricedModel, { visibleTo: "admins" });
    await aLimit({ subjectKind: "user", subjectId: on.user, requestsPerMinute: 1, parallel: 1 });
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.02 });
    await admit(on.user, { model: "ollama/small" });
    const key = {
      id: newId(),
      scopes: [],
      models: ["ollama/*"],
      upstreams: null,
      cache: "off" as const,
      similarity: null,
      sharesCache: false,
    };
    const work = await outcomes(times(3).map(() => admit(on.user, { context: { key, purpose: "embedding", isOwnWork: true } })));
    expect([work.admitted.length, work.refusals[0]?.code]).toEqual([2, "budget_exceeded"]);
  });

  test("a call that is settled twice counts once", async () => {
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 1 });
    const admission = await admit(on.user);
    await end([admission, admission]);
    expect((await on.spending())?.spentUsd).toBeCloseTo(0.01, 9);
  });
});
