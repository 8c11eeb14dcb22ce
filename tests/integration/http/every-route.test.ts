import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { contracts } from "@/app/api/contracts";
import type { Database } from "@/db/database";
import type { Session } from "@/lib/auth/contract";
import type { Contract } from "@/lib/http/contract";
import { httpMethods } from "@/lib/http/other-methods";
import { bearer, browserCookie, forgetAttempts, registered, withEnvironment } from "@/tests/support/accounts";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import { nothingAtAll, type OwnedThings, someThingsOf } from "@/tests/support/owned-things";
import { methodExports, type RouteExport, routeExports } from "@/tests/support/route-files";
import { sampleOf } from "@/tests/support/sample-input";

const everyMethod = await methodExports();
const everyRoute = await routeExports();
const nowhereToGo = { params: Promise.resolve({}) };
const nextAuth = "app/api/auth/[...nextauth]/route.ts";
const unknownCalls = ["app/api/[...path]/route.ts", "app/v1/[...path]/route.ts"];
const declared = everyRoute.filter(({ file }) => file !== nextAuth && !unknownCalls.includes(file));
const nameOf = (route: RouteExport) => `${route.method} ${route.path}`;
const nowhere = nothingAtAll();
const isOpenai = (route: RouteExport) => contractOf(route).errorShape === "openai";
const contractOf = (route: RouteExport) => route.handler.contract as Contract;

/** Calls a handler as Next would, with input that its contract accepts. */
function call(route: RouteExport, headers: Record<string, string>, things?: OwnedThings): Promise<Response> {
  const contract = contractOf(route);
  const params = sampleOf(contract.params, things) as Record<string, string>;
  const query = new URLSearchParams(sampleOf(contract.query, things) as Record<string, string>);
  const body = contract.body ? JSON.stringify(sampleOf(contract.body, things)) : undefined;
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name);
  const request = new Request(`http://localhost:3000${path}?${query}`, {
    method: contract.method,
    headers: { "x-forwarded-for": "192.0.2.1", ...(body && { "content-type": "application/json" }), ...headers },
    body,
  });
  return route.handler(request, { params: Promise.resolve(params) });
}

describe("route files", () => {
  test("every handler under app is made of a contract, which names its callers; next-auth's is the one exception", () => {
    const without = everyRoute.filter(({ handler }) => handler.contract === undefined);
    expect([...new Set(without.map(({ file }) => file))]).toEqual([nextAuth]);
  });

  test.each(declared.map((route) => [nameOf(route), route] as const))(
    "%s is served where its contract says, and the description has it",
    (name, route) => {
      expect(`${contractOf(route).method} ${contractOf(route).path}`).toBe(name);
      expect(Object.values(contracts)).toContain(contractOf(route));
    },
  );

  test("every operation of the description has a route file", () => {
    const served = declared.map(nameOf);
    expect(
      Object.values(contracts)
        .map(({ method, path }) => `${method} ${path}`)
        .filter((name) => !served.includes(name)),
    ).toEqual([]);
  });
});

describe("methods that a path does not have", () => {
  const byFile = Map.groupBy(everyMethod, ({ file }) => file);

  test.each([...byFile])("%s leaves no method to Next, which would answer it without a body or a request id", (_file, exported) => {
    const answered = exported.map(({ method }) => method);
    // HEAD is GET without its body, which Next sees to.
    const servesGet = exported.some(({ method, handler }) => method === "GET" && handler.allow === undefined);
    const needed = httpMethods.filter((method) => method !== "HEAD" || !servesGet);
    expect(answered.sort()).toEqual(needed.toSorted());
  });

  const refused = everyMethod.filter(({ handler, method }) => handler.allow !== undefined && method !== "OPTIONS");
  test.each(refused.map((route) => [nameOf(route), route] as const))(
    "%s is refused as a problem that says what there is",
    async (_name, route) => {
      const response = await route.handler(new Request(`http://localhost:3000${route.path}`, { method: route.method }), nowhereToGo);
      expect(response.status).toBe(405);
      const served = declared.filter(({ file }) => file === route.file).map(({ method }) => method);
      expect(response.headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining([...served, "OPTIONS"]));
      expect(response.headers.get("allow")?.split(", ")).not.toContain(route.method);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      const requestId = response.headers.get("x-request-id");
      const body = await response.text();
      if (route.method === "HEAD") return expect(body).toBe("");
      const told = JSON.parse(body);
      if (route.file.startsWith("app/v1/")) return expect(told).toMatchObject({ error: { code: "method_not_allowed" } });
      expect(told).toMatchObject({ code: "method_not_allowed", status: 405, requestId });
    },
  );

  test("OPTIONS tells the methods that there are", async () => {
    const route = everyMethod.find(({ file, method }) => file === "app/api/v1/messages/route.ts" && method === "OPTIONS");
    const response = await route?.handler(new Request("http://localhost:3000/", { method: "OPTIONS" }), nowhereToGo);
    expect(response?.status).toBe(204);
    expect(response?.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
    expect(response?.headers.get("x-request-id")).toMatch(/^[\w-]{8,64}$/);
  });
});

test.each(unknownCalls)("a call that %s catches is not found, for everybody and in the API's own shape", async (caught) => {
  const unknown = everyRoute.filter(({ file }) => file === caught);
  expect(unknown.length).toBeGreaterThan(0);
  for (const route of unknown) {
    const response = await call(route, {});
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject(isOpenai(route) ? { error: { code: "unknown_url" } } : { code: "not_found" });
  }
});

describe.each(databaseKinds)("every route on %s", (kind) => {
  let database: Database;
  let owner: Session;
  let stranger: Session;
  let things: OwnedThings;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off" });
    forgetAttempts();
    database = await freshDatabase(kind);
    owner = await registered();
    stranger = await registered();
    things = await someThingsOf(owner.user.id);
  });
  beforeEach(forgetAttempts);
  afterAll(() => database.close());

  const guarded = declared.filter((route) => contractOf(route).access !== "public");
  const named = (routes: RouteExport[]) => routes.map((route) => [nameOf(route), route] as const);

  test.each(named(guarded))("%s is closed to nobody", async (_name, route) => {
    const response = await call(route, {});
    expect(response.status).toBe(401);
    const told = isOpenai(route) ? { error: { code: "invalid_api_key", param: null } } : { code: "unauthenticated", status: 401 };
    expect(await response.json()).toMatchObject(told);
  });

  test.each(named(guarded.filter((route) => contractOf(route).access === "admin")))(
    "%s is closed to an ordinary user",
    async (_name, route) => {
      expect((await call(route, bearer(stranger.accessToken))).status).toBe(403);
    },
  );

  test.each(named(guarded.filter((route) => contractOf(route).method !== "GET")))(
    "%s refuses a browser on another site",
    async (_name, route) => {
      const { cookie } = await browserCookie(owner.user.id);
      const fromElsewhere = await call(route, { cookie, "sec-fetch-site": "cross-site" }, things);
      expect(fromElsewhere.status).toBe(403);
      const byOrigin = await call(route, { cookie, host: "localhost:3000", origin: "https://evil.example" }, things);
      expect(byOrigin.status).toBe(403);
    },
  );

  // What is an admin's alone belongs to nobody; the test above has it.
  const owned = guarded.filter(
    ({ handler: { contract } }) =>
      contract?.access !== "admin" &&
      [contract?.params, contract?.query, contract?.body].some(
        (schema) => JSON.stringify(sampleOf(schema, nowhere)) !== JSON.stringify(sampleOf(schema, undefined)),
      ),
  );

  test.each(named(owned))("%s answers a second user as if the thing did not exist", async (name, route) => {
    const theirs = await call(route, bearer(stranger.accessToken), things);
    expect(theirs.status).toBe(404);
    // The chat page names a new chat itself, so there an id that nothing has makes one.
    if (name === "POST /api/chat") return;
    const missing = await call(route, bearer(stranger.accessToken), nowhere);
    expect(missing.status).toBe(404);
    expect(withoutIds(await theirs.json())).toEqual(withoutIds(await missing.json()));
  });

  test.each(named(declared))("%s sends headers that keep its answer from being a document", async (_name, route) => {
    const { headers } = await call(route, { "x-forwarded-proto": "https" });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(headers.get("x-request-id")).toMatch(/^[\w-]{8,64}$/);
    expect((await call(route, {})).headers.has("strict-transport-security")).toBe(false);
  });
});

const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id"));
