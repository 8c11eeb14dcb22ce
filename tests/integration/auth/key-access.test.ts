import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as listConversations } from "@/app/api/v1/conversations/route";
import { GET as history } from "@/app/api/v1/history/route";
import { POST as createKey, GET as listKeys } from "@/app/api/v1/keys/route";
import type { Database } from "@/db/database";
import { signedInCallerOf } from "@/lib/auth/caller";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { scopeOf } from "@/lib/http/contract";
import { bearer, forgetAttempts, registered, statusOfMe, withEnvironment } from "@/tests/support/accounts";
import { askForKey, callAs, changeKey, getAs, listedKeys, madeKey, revokeKey } from "@/tests/support/api-keys";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import { type RouteHandler, routeExports } from "@/tests/support/route-files";

const guarded = (await routeExports()).filter(({ handler: { contract } }) => contract && contract.access !== "public");

describe.each(databaseKinds)("what API keys open, on %s", (kind) => {
  let database: Database;
  let admin: Session;
  let ann: Session;
  let bob: Session;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off" });
    forgetAttempts();
    database = await freshDatabase(kind);
    admin = await registered();
    ann = await registered();
    bob = await registered();
  });
  beforeEach(forgetAttempts);
  afterAll(() => database.close());

  test.each(guarded.map((route) => [`${route.method} ${route.path}`, route.handler] as const))(
    "%s is closed to a key without its scope, by a sentence that names it",
    async (_name, handler) => {
      const scope = scopeOf(handler.contract ?? {});
      const others = (["chat", "embeddings", "models", "metrics"] as const).filter((other) => other !== scope);
      const { key, id } = await madeKey(admin.accessToken, { scopes: scope === "none" ? ["admin"] : [...others] });
      const response = await callAs(key, handler, { method: handler.contract?.method });
      expect(response.status).toBe(403);
      const told = await response.json();
      const isOpenai = handler.contract?.errorShape === "openai";
      expect(isOpenai ? told.error.code : told.code).toBe(isOpenai ? "insufficient_permissions" : "forbidden");
      if (scope !== "none") expect(isOpenai ? told.error.message : told.detail).toContain(`the scope "${scope}"`);
      await revokeKey(admin.accessToken, id);
    },
  );

  test("a key works in no cookie, and opens neither pages nor actions", async () => {
    const { key } = await madeKey(ann.accessToken, { scopes: ["admin"] });
    expect(await statusOfMe({ cookie: `hearth-session=${key}` })).toBe(401);
    expect(await signedInCallerOf(new Headers(bearer(key)))).toBeNull();
  });

  test("a key with the scope is let in, and one with scope admin wherever its owner is", async () => {
    const [chats, everything] = [
      await madeKey(ann.accessToken, { scopes: ["chat"] }),
      await madeKey(ann.accessToken, { scopes: ["admin"] }),
    ];
    expect((await getAs(chats.key, listConversations)).status).toBe(200);
    for (const handler of [listConversations, listKeys]) expect((await getAs(everything.key, handler)).status).toBe(200);
    expect((await getAs(everything.key, listKeys, "?all=true")).status).toBe(403);
  });

  test("no key makes another, not even an admin's", async () => {
    const { key } = await madeKey(admin.accessToken, { scopes: ["admin"] });
    const before = await listedKeys(admin.accessToken);
    expect((await callAs(key, createKey as RouteHandler, { method: "POST", body: { name: "Another" } })).status).toBe(403);
    expect(await listedKeys(admin.accessToken)).toHaveLength(before.length);
  });

  test("an admin's key that was made for chats does nothing that takes an admin", async () => {
    const [forChats, forAll] = [
      await madeKey(admin.accessToken, { scopes: ["chat"] }),
      await madeKey(admin.accessToken, { scopes: ["admin"] }),
    ];
    expect((await getAs(forChats.key, history)).status).toBe(200);
    expect((await getAs(forChats.key, history, `?user_id=${ann.user.id}`)).status).toBe(403);
    expect((await getAs(forAll.key, history, `?user_id=${ann.user.id}`)).status).toBe(200);
  });

  test("another's key is as one that does not exist, but for admins", async () => {
    const made = await madeKey(ann.accessToken, { scopes: ["admin"] });
    for (const attempt of [
      revokeKey(bob.accessToken, made.id),
      changeKey(bob.accessToken, made.id, { name: "Mine" }),
      revokeKey(bob.accessToken, newId()),
    ]) {
      expect((await attempt).status).toBe(404);
    }
    expect((await listedKeys(bob.accessToken)).map(({ id }) => id)).not.toContain(made.id);
    expect((await getAs(bob.accessToken, listKeys, "?all=true")).status).toBe(403);
    expect(await statusOfMe(bearer(made.key))).toBe(200);
    const everybodys = await listedKeys(admin.accessToken, "?all=true");
    expect(everybodys.find(({ id }) => id === made.id)).toMatchObject({
      name: "A program",
      owner: { id: ann.user.id, email: ann.user.email },
    });
    expect((await revokeKey(admin.accessToken, made.id)).status).toBe(204);
    expect(await statusOfMe(bearer(made.key))).toBe(401);
  });

  test("only an admin lets a key share its cache, or read metrics", async () => {
    const made = await madeKey(ann.accessToken);
    expect((await changeKey(ann.accessToken, made.id, { sharesCache: true })).status).toBe(403);
    expect(await (await changeKey(admin.accessToken, made.id, { sharesCache: true })).json()).toMatchObject({ sharesCache: true });
    expect(await (await changeKey(ann.accessToken, made.id, { name: "Renamed", cache: "similar" })).json()).toMatchObject({
      name: "Renamed",
      cache: "similar",
      sharesCache: true,
    });
    expect((await askForKey(ann.accessToken, { scopes: ["metrics"] })).status).toBe(403);
    expect((await askForKey(admin.accessToken, { scopes: ["metrics"] })).status).toBe(201);
  });
});
