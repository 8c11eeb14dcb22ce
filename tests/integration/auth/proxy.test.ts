import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { config, proxy } from "@/proxy";
import { browserCookie, forgetAttempts, registered, withEnvironment } from "@/tests/support/accounts";
import { freshDatabase } from "@/tests/support/database";

const visit = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers: { host: "localhost:3000", ...headers } }));
const nonceOf = (response: Response) => /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];

describe("the proxy before every page", () => {
  let database: Database;
  let cookie: string;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: undefined });
    forgetAttempts();
    database = await freshDatabase();
    cookie = (await browserCookie((await registered()).user.id)).cookie;
  });
  afterAll(() => database.close());

  test.each(["/chat/1?x=1", "/settings/people", "/a-page-made-tomorrow"])("%s sends a stranger to sign in and back", async (path) => {
    for (const headers of [{}, { cookie: "hearth-session=forged" }, { cookie: cookie.slice(0, -4) }]) {
      const response = await visit(path, headers as Record<string, string>);
      expect(response.status).toBe(307);
      expect(response.headers.get("location")).toBe(`http://localhost:3000/sign-in?next=${encodeURIComponent(path)}`);
    }
  });

  test("behind a proxy with TLS a stranger is sent to the address the visitor used", async () => {
    const response = await visit("/chat/1", { "x-forwarded-proto": "https", "x-forwarded-host": "chat.example.org" });
    expect(response.headers.get("location")).toMatch(/^https:\/\/chat\.example\.org\/sign-in/);
  });

  test("a visitor with a session passes, and public pages are open to everybody", async () => {
    expect((await visit("/chat/1", { cookie })).headers.get("x-middleware-next")).toBe("1");
    for (const path of ["/sign-in", "/welcome", "/register", "/docs/api"])
      expect((await visit(path)).headers.get("x-middleware-next")).toBe("1");
  });

  test("each answer has a nonce of its own, which the page is told, whatever the visitor claims", async () => {
    const [first, second] = [await visit("/sign-in", { "x-nonce": "mine" }), await visit("/sign-in")];
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(Buffer.from(nonceOf(first) ?? "", "base64")).toHaveLength(16);
    expect(first.headers.get("x-middleware-request-x-nonce")).toBe(nonceOf(first));
    expect(first.headers.get("x-middleware-request-content-security-policy")).toBe(first.headers.get("content-security-policy"));
  });

  test("a page's request keeps the id that came with it when that is harmless, else gets one, and the page and the visitor are told", async () => {
    const kept = await visit("/sign-in", { "x-request-id": "from-the-proxy-1" });
    expect(kept.headers.get("x-request-id")).toBe("from-the-proxy-1");
    expect(kept.headers.get("x-middleware-request-x-request-id")).toBe("from-the-proxy-1");
    const made = await visit("/sign-in", { "x-request-id": "<script>" });
    expect(made.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    expect(made.headers.get("x-middleware-request-x-request-id")).toBe(made.headers.get("x-request-id"));
    expect(made.headers.get("server-timing")).toBe(`request;desc="${made.headers.get("x-request-id")}"`);
    expect((await visit("/chat/1")).headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });

  test("pages and redirects carry the security headers, HSTS on HTTPS only", async () => {
    for (const path of ["/sign-in", "/settings"]) {
      const { headers } = await visit(path);
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.has("strict-transport-security")).toBe(false);
      expect((await visit(path, { "x-forwarded-proto": "https" })).headers.get("strict-transport-security")).toContain("max-age=31536000");
    }
  });

  test("it stands before pages, and leaves the API and files of the build alone", () => {
    const matcher = new RegExp(`^${config.matcher[0]}$`);
    for (const path of ["/", "/chat/1", "/settings", "/docs/api", "/apix", "/healthzz", "/metrics/x", "/x/api/y", "/v1x", "/_next/data/x"])
      expect(path).toMatch(matcher);
    for (const path of [
      "/api/v1/me",
      "/api/auth/session",
      "/v1/models",
      "/v1/chat/completions",
      "/_next/static/a.js",
      "/healthz",
      "/readyz",
      "/metrics",
      "/icon.svg",
    ])
      expect(path).not.toMatch(matcher);
  });
});
