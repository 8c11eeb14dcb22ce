import { afterEach, expect, test } from "vitest";
import { signUp } from "../support/api-client";
import { type Hearth, startHearth } from "../support/hearth";

let hearth: Hearth;
afterEach(() => hearth.close());

const password = "correct horse battery";
const fromProxy = { "x-forwarded-proto": "https", "x-forwarded-host": "chat.example.org", "x-forwarded-for": "203.0.113.9" };

/** What a visitor gets who opens the first page and then signs in, the proxy adding `headers`. */
async function visit(headers: Record<string, string>) {
  const page = await fetch(hearth.url, { headers, redirect: "manual" });
  const csrf = await fetch(`${hearth.url}/api/auth/csrf`, { headers });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const signIn = await fetch(`${hearth.url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/x-www-form-urlencoded",
      cookie: csrf.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; "),
    },
    body: new URLSearchParams({ email: "admin@example.org", password, csrfToken, callbackUrl: "/chat", json: "true" }),
    redirect: "manual",
  });
  const session = signIn.headers.getSetCookie().find((line) => line.startsWith("hearth-session="));
  return {
    leadsTo: page.headers.get("location"),
    hsts: [page, csrf].map((answer) => answer.headers.get("strict-transport-security")),
    isSecure: [...csrf.headers.getSetCookie(), ...signIn.headers.getSetCookie()].map((line) => /; *secure/i.test(line)),
    isSignedIn: session !== undefined,
    goesOnAt: ((await signIn.json()) as { url: string }).url,
  };
}

test("behind a TLS proxy on this machine redirects lead to the proxy's address, every cookie is Secure, and HSTS is sent", async () => {
  hearth = await startHearth();
  await signUp(hearth.url);
  const seen = await visit(fromProxy);
  expect(seen).toMatchObject({
    leadsTo: "https://chat.example.org/sign-in",
    hsts: ["max-age=31536000", "max-age=31536000"],
    isSignedIn: true,
    goesOnAt: "https://chat.example.org/chat",
  });
  expect(new Set(seen.isSecure)).toEqual(new Set([true]));
});

test("without a proxy, and from one that is not trusted, none of it: plain cookies, no HSTS, redirects to the address that was asked", async () => {
  hearth = await startHearth({ env: { HEARTH_TRUSTED_PROXIES: "none" } });
  await signUp(hearth.url);
  for (const headers of [{}, fromProxy]) {
    const seen = await visit(headers);
    expect(seen).toMatchObject({ leadsTo: `${hearth.url}/sign-in`, hsts: [null, null], isSignedIn: true, goesOnAt: `${hearth.url}/chat` });
    expect(new Set(seen.isSecure)).toEqual(new Set([false]));
  }
});

test("HEARTH_URL does the same for a proxy that tells nothing", async () => {
  hearth = await startHearth({ env: { HEARTH_URL: "https://chat.example.org" } });
  expect(hearth.output()).toMatch(/Public\s+https:\/\/chat\.example\.org/);
  await signUp(hearth.url);
  const seen = await visit({});
  expect(seen).toMatchObject({ leadsTo: "https://chat.example.org/sign-in", isSignedIn: true, goesOnAt: "https://chat.example.org/chat" });
  expect(new Set(seen.isSecure)).toEqual(new Set([true]));
});
