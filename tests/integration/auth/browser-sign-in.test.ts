import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as logOut } from "@/app/api/v1/auth/logout/route";
import type { Database } from "@/db/database";
import { signedInCallerOf } from "@/lib/auth/caller";
import { endSession } from "@/lib/auth/end-session";
import { listSessions } from "@/lib/auth/list-sessions";
import {
  anEmail,
  clearAttempts,
  forgetAttempts,
  goodPassword,
  post,
  registered,
  statusOfMe,
  withEnvironment,
} from "@/tests/support/accounts";
import { aBrowser } from "@/tests/support/browser";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

describe.each(databaseKinds)("browser sign-in on %s", (kind) => {
  let database: Database;
  let email: string;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: undefined });
    forgetAttempts();
    database = await freshDatabase(kind);
    email = (await registered(anEmail())).user.email;
  });
  beforeEach(clearAttempts);
  afterAll(() => database.close());

  test("the right password gives a cookie that the API knows, and a session row of this browser", async () => {
    const browser = aBrowser();
    const answer = await browser.signIn(email, goodPassword, undefined);
    expect(answer.status).toBe(200);
    expect(await statusOfMe({ cookie: browser.cookieHeader() })).toBe(200);
    const caller = await signedInCallerOf(new Headers({ cookie: browser.cookieHeader() }));
    expect(caller).toMatchObject({ email, via: "cookie", role: "admin" });
    const current = (await listSessions(caller as NonNullable<typeof caller>)).find(({ isCurrent }) => isCurrent);
    expect(current).toMatchObject({ kind: "browser", address: "192.0.2.1" });
  });

  test.each([
    ["on this machine", "http://localhost:3000", false],
    ["on a LAN address over HTTP", "http://192.168.1.20:3000", false],
    ["behind a proxy with TLS", "https://chat.example.org", true],
  ])("%s the cookie is HttpOnly, SameSite=Lax, 30 days, and Secure exactly when the connection is", async (_where, origin, secure) => {
    const browser = aBrowser(origin);
    const answer = await browser.signIn(email, goodPassword);
    expect(await answer.json()).toEqual({ url: `${origin}/` });
    const [line] = browser.setCookies.filter((cookie) => cookie.startsWith("hearth-session="));
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).toMatch(/; Path=\//);
    const days = (Date.parse(/Expires=([^;]+)/.exec(line ?? "")?.[1] ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
    for (const cookie of browser.setCookies) expect(/; Secure/.test(cookie)).toBe(secure);
  });

  test("a wrong password and an unknown address get the same answer and no cookie", async () => {
    const answers = [];
    for (const who of [email, anEmail()]) {
      const browser = aBrowser();
      const answer = await browser.signIn(who, "wrong password");
      answers.push([answer.status, await answer.json()]);
      expect(browser.jar.has("hearth-session")).toBe(false);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(401);
  });

  test("an account that waits for approval cannot sign in", async () => {
    const waiting = await registered();
    const browser = aBrowser();
    const answer = await browser.signIn(waiting.user.email, goodPassword);
    expect((await answer.json()).url).toContain("error=forbidden");
    expect(browser.jar.has("hearth-session")).toBe(false);
  });

  test("signing out by next-auth or by the API ends the cookie on the server, not only in the browser", async () => {
    const first = aBrowser();
    await first.signIn(email, goodPassword);
    const kept = first.cookieHeader();
    const { csrfToken } = await (await first.visit("csrf")).json();
    await first.visit("signout", { form: { csrfToken, json: "true" } });
    expect(first.jar.has("hearth-session")).toBe(false);
    expect(await statusOfMe({ cookie: kept })).toBe(401);

    const second = aBrowser();
    await second.signIn(email, goodPassword);
    expect((await post(logOut, {}, { cookie: second.cookieHeader(), "sec-fetch-site": "same-origin" })).status).toBe(204);
    expect(await statusOfMe({ cookie: second.cookieHeader() })).toBe(401);
  });

  test("next-auth's own session call tells who is signed in, and clears a revoked cookie", async () => {
    const browser = aBrowser();
    expect(await (await browser.visit("session")).json()).toEqual({});
    await browser.signIn(email, goodPassword);
    expect(await (await browser.visit("session")).json()).toMatchObject({ user: { email, role: "admin" } });
    expect(await statusOfMe({ cookie: browser.cookieHeader() })).toBe(200);
    const caller = await signedInCallerOf(new Headers({ cookie: browser.cookieHeader() }));
    await endSession(caller as NonNullable<typeof caller>);
    expect(await (await browser.visit("session")).json()).toEqual({});
    expect(browser.jar.has("hearth-session")).toBe(false);
  });

  test("a form from another site, without the token, or with another browser's token signs nobody in", async () => {
    const browser = aBrowser();
    const foreign = await browser.signIn(email, goodPassword, {
      headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    });
    expect(foreign.status).toBe(403);
    const { csrfToken } = await (await aBrowser().visit("csrf")).json();
    for (const token of ["", csrfToken]) {
      await browser.visit("callback/credentials", { form: { email, password: goodPassword, csrfToken: token, json: "true" } });
    }
    expect(browser.jar.has("hearth-session")).toBe(false);
  });

  test("after sign-in nobody is sent to another site", async () => {
    const browser = aBrowser();
    const { csrfToken } = await (await browser.visit("csrf")).json();
    const form = { email, password: goodPassword, csrfToken, json: "true" };
    for (const callbackUrl of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
      const answer = await browser.visit("callback/credentials", { form: { ...form, callbackUrl } });
      expect(new URL((await answer.json()).url).origin).toBe("http://localhost:3000");
    }
  });

  test("calls that Hearth does not use do not exist: nobody can write to the log or ask for a foreign sign-in", async () => {
    const browser = aBrowser();
    expect((await browser.visit("_log", { form: { level: "error", code: "forged" } })).status).toBe(404);
    expect((await browser.visit("signin/google", { form: {} })).status).toBe(404);
    expect((await browser.visit("constructor")).status).toBe(404);
  });

  test("a huge form, or one that is not a form, is refused before it is read", async () => {
    const browser = aBrowser();
    const huge = await browser.visit("callback/credentials", { form: { email: "x".repeat(20_000) } });
    expect(huge.status).toBe(413);
    const json = await browser.visit("callback/credentials", { body: { type: "application/json", text: "{" } });
    expect(json.status).toBe(400);
  });
});
