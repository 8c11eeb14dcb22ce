import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as logIn } from "@/app/api/v1/auth/login/route";
import type { Database } from "@/db/database";
import { signedInCallerOf } from "@/lib/auth/caller";
import { changeName } from "@/lib/auth/change-name";
import { changePassword } from "@/lib/auth/change-password";
import { listSessions } from "@/lib/auth/list-sessions";
import { revokeSession } from "@/lib/auth/revoke-session";
import type { SignedInCaller } from "@/lib/http/caller";
import {
  bearer,
  browserCookie,
  clearAttempts,
  forgetAttempts,
  goodPassword,
  loggedIn,
  post,
  registered,
  statusOfMe,
  withEnvironment,
} from "@/tests/support/accounts";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

async function callerWith(headers: Record<string, string>): Promise<SignedInCaller> {
  const caller = await signedInCallerOf(new Headers(headers));
  if (!caller) throw new Error("Nobody is signed in.");
  return caller;
}

describe.each(databaseKinds)("sessions and profile on %s", (kind) => {
  let database: Database;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open" });
    forgetAttempts();
    database = await freshDatabase(kind);
  });
  beforeEach(forgetAttempts);
  afterAll(() => database.close());

  test("the list has the caller's sign-ins only, and marks the present one", async () => {
    const [ann, bob] = [await registered(), await registered()];
    await browserCookie(ann.user.id);
    const listed = await listSessions(await callerWith(bearer(ann.accessToken)));
    expect(listed.map(({ kind }) => kind).sort()).toEqual(["api", "browser"]);
    expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(await listSessions(await callerWith(bearer(bob.accessToken)))).toHaveLength(1);
  });

  test("revoking a sign-in ends it at once, and takes it off the list", async () => {
    const ann = await registered();
    const browser = await browserCookie(ann.user.id);
    const caller = await callerWith(bearer(ann.accessToken));
    expect(await statusOfMe({ cookie: browser.cookie })).toBe(200);
    await revokeSession(caller, browser.sessionId);
    expect(await statusOfMe({ cookie: browser.cookie })).toBe(401);
    expect(await listSessions(caller)).toHaveLength(1);
  });

  test("another's sign-in cannot be revoked, and looks like one that does not exist", async () => {
    const [ann, bob] = [await registered(), await registered()];
    const browser = await browserCookie(bob.user.id);
    const caller = await callerWith(bearer(ann.accessToken));
    await expect(revokeSession(caller, browser.sessionId)).rejects.toMatchObject({ status: 404 });
    expect(await statusOfMe({ cookie: browser.cookie })).toBe(200);
  });

  test("a cookie is no bearer session and an access token is no cookie", async () => {
    const ann = await registered();
    const browser = await browserCookie(ann.user.id);
    expect(await statusOfMe({ cookie: `hearth-session=${ann.accessToken}` })).toBe(401);
    expect(await statusOfMe(bearer(browser.cookie.split("=")[1] ?? ""))).toBe(401);
  });

  test("a bearer token decides over a cookie, so a bad token is nobody", async () => {
    const ann = await registered();
    const browser = await browserCookie(ann.user.id);
    expect(await statusOfMe({ cookie: browser.cookie, authorization: "Bearer wrong" })).toBe(401);
  });

  test("a new password signs out every other device, keeps this one, and the old password is over", async () => {
    const ann = await registered();
    const elsewhere = await loggedIn(ann.user.email);
    const browser = await browserCookie(ann.user.id);
    const caller = await callerWith({ cookie: browser.cookie });
    await changePassword(caller, { current: goodPassword, next: "a brand new password", address: "192.0.2.1" });
    expect(await statusOfMe({ cookie: browser.cookie })).toBe(200);
    expect(await statusOfMe(bearer(elsewhere.accessToken))).toBe(401);
    expect(await statusOfMe(bearer(ann.accessToken))).toBe(401);
    expect((await post(logIn, { email: ann.user.email, password: goodPassword })).status).toBe(401);
    expect((await post(logIn, { email: ann.user.email, password: "a brand new password" })).status).toBe(200);
  });

  test("the present password must be right, and guessing it is limited like a sign-in", async () => {
    const ann = await registered();
    const caller = await callerWith(bearer(ann.accessToken));
    await clearAttempts();
    const guess = () => changePassword(caller, { current: "a wrong guess", next: "a brand new password", address: "192.0.2.1" });
    for (let count = 0; count < 10; count += 1) await expect(guess()).rejects.toMatchObject({ status: 400 });
    await expect(guess()).rejects.toMatchObject({ status: 429 });
    expect(await statusOfMe(bearer(ann.accessToken))).toBe(200);
  });

  test("a changed name is the caller's own only", async () => {
    const [ann, bob] = [await registered(), await registered()];
    await changeName(await callerWith(bearer(ann.accessToken)), "Anna");
    expect((await callerWith(bearer(ann.accessToken))).name).toBe("Anna");
    expect((await callerWith(bearer(bob.accessToken))).name).toBe("Ann");
  });
});
