// Next keeps requests in AsyncLocalStorage, which it finds on globalThis.
import "next/dist/server/node-environment-baseline";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "@/db/database";
import { action } from "@/lib/auth/action";
import type { Session } from "@/lib/auth/contract";
import { adminPageCaller, pageCaller } from "@/lib/auth/page-caller";
import { NotFoundError } from "@/lib/core/errors";
import { browserCookie, clearAttempts, forgetAttempts, registered, withEnvironment } from "@/tests/support/accounts";
import { freshDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";

const page = (headers: Record<string, string>) =>
  new Request("http://localhost:3000/settings?tab=1", { headers: { host: "localhost:3000", ...headers } });
const sameOrigin = { "sec-fetch-site": "same-origin" };

describe("server actions and pages", () => {
  let database: Database;
  let admin: Session;
  let user: Session;
  let adminCookie: string;
  let userCookie: string;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open" });
    forgetAttempts();
    database = await freshDatabase();
  });
  beforeEach(clearAttempts);
  afterAll(() => database.close());

  test("before there is any account, a page leads to the first run", async () => {
    await expect(inRequest(page({}), "render", pageCaller)).rejects.toMatchObject({ digest: expect.stringContaining(";/welcome;") });
    [admin, user] = [await registered(), await registered()];
    adminCookie = (await browserCookie(admin.user.id)).cookie;
    userCookie = (await browserCookie(user.user.id)).cookie;
  });

  test("a page leads nobody to sign in and back, and lets a session in", async () => {
    const digest = expect.stringContaining(`;/sign-in?next=${encodeURIComponent("/settings?tab=1")};`);
    await expect(inRequest(page({ "x-hearth-path": "/settings?tab=1" }), "render", pageCaller)).rejects.toMatchObject({ digest });
    expect(await inRequest(page({ cookie: userCookie }), "render", pageCaller)).toMatchObject({ userId: user.user.id, via: "cookie" });
  });

  test("an admin's page does not exist for others", async () => {
    expect(await inRequest(page({ cookie: adminCookie }), "render", adminPageCaller)).toMatchObject({ role: "admin" });
    await expect(inRequest(page({ cookie: userCookie }), "render", adminPageCaller)).rejects.toMatchObject({
      digest: expect.stringContaining("404"),
    });
  });

  const rename = action(
    "user",
    z.object({ name: z.string().min(1, "Write a name") }),
    async ({ caller, input }) => `${caller.userId} ${input.name}`,
  );
  const act = <T>(headers: Record<string, string>, run: () => Promise<T>) => inRequest(page(headers), "action", run);

  test("an action gets the caller and the parsed input", async () => {
    expect(await act({ cookie: userCookie, ...sameOrigin }, () => rename({ name: "Ann" }))).toEqual({
      ok: true,
      value: `${user.user.id} Ann`,
    });
  });

  test("nobody, another site and bad input get a problem and the handler never runs", async () => {
    const problem = async (headers: Record<string, string>, name = "Ann") => {
      const result = await act(headers, () => rename({ name }));
      return result.ok ? null : result.problem;
    };
    expect(await problem(sameOrigin)).toMatchObject({ status: 401 });
    expect(await problem({ cookie: userCookie, "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
    expect(await problem({ cookie: userCookie, ...sameOrigin }, "")).toMatchObject({
      status: 400,
      issues: [{ path: "name", message: "Write a name" }],
    });
  });

  test("an admin's action is closed to others", async () => {
    const manage = action("admin", z.object({}), async () => "done");
    expect(await act({ cookie: adminCookie, ...sameOrigin }, () => manage({}))).toEqual({ ok: true, value: "done" });
    expect(await act({ cookie: userCookie, ...sameOrigin }, () => manage({}))).toMatchObject({ ok: false, problem: { status: 403 } });
  });

  test("what an action throws becomes a problem: known errors as they are, others without their message", async () => {
    const fails = (error: Error) =>
      act({ cookie: userCookie, ...sameOrigin }, () => action("user", z.object({}), () => Promise.reject(error))({}));
    expect(await fails(new NotFoundError("chat", "1"))).toMatchObject({ ok: false, problem: { status: 404 } });
    const unknown = await fails(new Error("a secret detail"));
    expect(unknown).toMatchObject({ ok: false, problem: { status: 500, code: "internal" } });
    expect(JSON.stringify(unknown)).not.toContain("secret");
  });
});
