import { hash, verify } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as logIn } from "@/app/api/v1/auth/login/route";
import { POST as refresh } from "@/app/api/v1/auth/refresh-token/route";
import { POST as register } from "@/app/api/v1/auth/register/route";
import type { Database } from "@/db/database";
import { attemptsPerMinute } from "@/lib/auth/sign-in-limits";
import { anEmail, forgetAttempts, goodPassword, post, registered, withEnvironment } from "@/tests/support/accounts";
import { aBrowser } from "@/tests/support/browser";
import { freshDatabase } from "@/tests/support/database";

// The real ones, watched.
vi.mock(import("@node-rs/argon2"), async (original) => {
  const real = await original();
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) };
});

const from = (address: string) => ({ "x-forwarded-for": address });
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("sign-in limits", () => {
  let database: Database;
  let email: string;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open" });
    forgetAttempts();
    database = await freshDatabase();
    email = (await registered()).user.email;
  });
  beforeEach(forgetAttempts);
  afterAll(() => database.close());

  test("the eleventh sign-in within a minute from one address at one account is told when to come back, right password or not", async () => {
    for (const _ of times(10)) expect((await post(logIn, { email, password: "wrong password" })).status).toBe(401);
    const refused = await post(logIn, { email, password: goodPassword });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ code: "rate_limited", status: 429 });
    expect((await post(logIn, { email, password: goodPassword }, from("192.0.2.2"))).status).toBe(200);
    expect((await post(logIn, { email: anEmail(), password: goodPassword })).status).toBe(401);
  });

  test("the browser's sign-in counts on the same limit and answers the same way", async () => {
    const browser = aBrowser();
    for (const _ of times(5)) expect((await browser.signIn(email, "wrong password")).status).toBe(401);
    for (const _ of times(5)) expect((await post(logIn, { email, password: "wrong password" })).status).toBe(401);
    const refused = await browser.signIn(email, goodPassword);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await refused.json()).url).toContain("error=rate_limited");
    expect(browser.jar.has("hearth-session")).toBe(false);
  });

  test("writing the address in another case or with spaces is the same account", async () => {
    for (const _ of times(10)) await post(logIn, { email, password: "wrong password" });
    expect((await post(logIn, { email: `  ${email.toUpperCase()}`, password: "wrong password" })).status).toBe(429);
  });

  test("registering counts too", async () => {
    for (const _ of times(10)) expect((await post(register, { email, password: goodPassword })).status).toBe(409);
    expect((await post(register, { email, password: goodPassword })).status).toBe(429);
  });

  test("guesses at one account from many addresses meet a ceiling", async () => {
    const { perAccount, perAddressAndAccount } = attemptsPerMinute;
    const statuses = [];
    for (const index of times(perAccount + 1)) {
      const address = `198.51.100.${Math.floor(index / perAddressAndAccount)}`;
      statuses.push((await post(logIn, { email, password: "wrong password" }, from(address))).status);
    }
    expect(statuses.slice(0, perAccount).every((status) => status === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });

  test("one address cannot try refresh tokens without end", async () => {
    for (const _ of times(attemptsPerMinute.perAddress)) await post(refresh, { refreshToken: "guess" });
    expect((await post(refresh, { refreshToken: "guess" })).status).toBe(429);
  });

  test("an unknown address has the same work done as a wrong password, and gets the same answer", async () => {
    const bodies = [];
    for (const asked of [email, anEmail()]) bodies.push(await (await post(logIn, { email: asked, password: "wrong password" })).json());
    expect({ ...bodies[1], requestId: "" }).toEqual({ ...bodies[0], requestId: "" });
    const wrong = await hashingOf(() => post(logIn, { email, password: "wrong password" }));
    const unknown = await hashingOf(() => post(logIn, { email: anEmail(), password: "wrong password" }));
    expect(wrong).toEqual([
      { work: expect.stringMatching(/^\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+$/), length: expect.any(Number), password: "wrong password" },
    ]);
    expect(unknown).toEqual(wrong);
  });
});

/** What passwords were compared with: how much work a hash of its kind is, which is nearly all the time a sign-in takes. */
async function hashingOf(run: () => Promise<unknown>) {
  vi.mocked(verify).mockClear();
  vi.mocked(hash).mockClear();
  await run();
  expect(hash).not.toHaveBeenCalled();
  return vi.mocked(verify).mock.calls.map(([phc, password]) => {
    const text = String(phc);
    return { work: text.split("$").slice(0, 4).join("$"), length: text.length, password };
  });
}
