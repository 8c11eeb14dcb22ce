import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as logIn } from "@/app/api/v1/auth/login/route";
import { POST as register } from "@/app/api/v1/auth/register/route";
import { type Database, db } from "@/db/database";
import { users } from "@/db/schema/accounts";
import { approveAccount } from "@/lib/auth/approve-account";
import { callerOf } from "@/lib/auth/caller";
import type { Session } from "@/lib/auth/contract";
import { declineAccount } from "@/lib/auth/decline-account";
import {
  anEmail,
  bearer,
  clearAttempts,
  forgetAttempts,
  goodPassword,
  post,
  registered,
  statusOfMe,
  withEnvironment,
} from "@/tests/support/accounts";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

async function adminCaller(admin: Session) {
  const caller = await callerOf(new Headers(bearer(admin.accessToken)));
  if (!caller) throw new Error("The admin is signed out.");
  return caller;
}

describe.each(databaseKinds)("registration on %s", (kind) => {
  let database: Database;
  let admin: Session;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: undefined });
    forgetAttempts();
    database = await freshDatabase(kind);
    const firsts = await Promise.all([anEmail(), anEmail(), anEmail()].map((email) => registered(email)));
    const admins = firsts.filter((session) => session.user.role === "admin");
    expect(admins).toHaveLength(1);
    expect(firsts.filter((session) => session.user.role === "pending")).toHaveLength(2);
    admin = admins[0] as Session;
  });
  beforeEach(async () => {
    await clearAttempts();
    withEnvironment({ HEARTH_SIGNUP: undefined });
  });
  afterAll(() => database.close());

  test("of several first registrations at once exactly one becomes the admin", async () => {
    const roles = (await db().select({ role: users.role }).from(users)).map(({ role }) => role);
    expect(roles.filter((role) => role === "admin")).toHaveLength(1);
  });

  test("the answer is a session of the contract, and its token works", async () => {
    expect(admin.user.name).toBe("Ann");
    expect(admin.expiresInS).toBe(900);
    expect(await statusOfMe(bearer(admin.accessToken))).toBe(200);
  });

  test("a password is stored as argon2id with OWASP's parameters and nothing else", async () => {
    const rows = await db().select({ hash: users.passwordHash }).from(users);
    for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(rows.length);
  });

  test("by default a later account waits: its tokens and a sign-in are forbidden until an admin approves it", async () => {
    const waiting = await registered();
    expect(waiting.user.role).toBe("pending");
    expect(await statusOfMe(bearer(waiting.accessToken))).toBe(403);
    expect((await post(logIn, { email: waiting.user.email, password: goodPassword })).status).toBe(403);
    await approveAccount(await adminCaller(admin), waiting.user.id);
    expect(await statusOfMe(bearer(waiting.accessToken))).toBe(200);
    expect((await post(logIn, { email: waiting.user.email, password: goodPassword })).status).toBe(200);
  });

  test("only an admin may approve or decline, and only those who wait", async () => {
    withEnvironment({ HEARTH_SIGNUP: "open" });
    const ordinary = await registered();
    const caller = await adminCaller(ordinary);
    await expect(approveAccount(caller, ordinary.user.id)).rejects.toMatchObject({ status: 403 });
    await expect(declineAccount(caller, ordinary.user.id)).rejects.toMatchObject({ status: 403 });
    await expect(declineAccount(await adminCaller(admin), ordinary.user.id)).rejects.toMatchObject({ status: 404 });
  });

  test("a declined account is gone, and its address is free again", async () => {
    const waiting = await registered();
    await declineAccount(await adminCaller(admin), waiting.user.id);
    expect(await statusOfMe(bearer(waiting.accessToken))).toBe(401);
    expect((await registered(waiting.user.email)).user.id).not.toBe(waiting.user.id);
  });

  test("with open sign-up a later account may start at once", async () => {
    withEnvironment({ HEARTH_SIGNUP: "open" });
    const session = await registered();
    expect(session.user.role).toBe("user");
    expect(await statusOfMe(bearer(session.accessToken))).toBe(200);
  });

  test("with closed sign-up nobody can register", async () => {
    withEnvironment({ HEARTH_SIGNUP: "closed" });
    const response = await post(register, { email: anEmail(), password: goodPassword });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "forbidden" });
  });

  test("an address has one account, in whatever case it is written", async () => {
    const email = anEmail();
    await registered(email);
    expect((await post(register, { email: ` ${email.toUpperCase()} `, password: goodPassword })).status).toBe(409);
  });

  test("two registrations of one address at once make one account", async () => {
    const email = anEmail();
    const answers = await Promise.all([1, 2].map(() => post(register, { email, password: goodPassword })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test("without a name the account gets the part before the @", async () => {
    const response = await post(register, { email: "jo.public@example.org", password: goodPassword });
    expect(await response.json()).toMatchObject({ user: { name: "jo.public" } });
  });

  test.each([
    ["a short password", { email: "x@example.org", password: "too short" }, "body.password"],
    ["a long password", { email: "x@example.org", password: "x".repeat(201) }, "body.password"],
    ["no address", { email: "nobody", password: goodPassword }, "body.email"],
    ["a name of control characters", { email: "x@example.org", password: goodPassword, name: "a\u0000b" }, "body.name"],
    ["a lone surrogate in the name", { email: "x@example.org", password: goodPassword, name: "a\ud800" }, "body.name"],
  ])("%s is refused, and the answer says where", async (_what, body, path) => {
    const response = await post(register, body);
    expect(response.status).toBe(400);
    expect((await response.json()).issues.map((issue: { path: string }) => issue.path)).toContain(path);
  });
});

describe("closed sign-up on an empty database", () => {
  test("the first account can still be made, or nobody could ever come in", async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "closed" });
    forgetAttempts();
    const database = await freshDatabase();
    expect((await registered()).user.role).toBe("admin");
    await database.close();
  });
});
