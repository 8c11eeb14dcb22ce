import { describe, expect, test } from "vitest";
import { contentSecurityPolicy } from "@/lib/http/security-headers";

const directive = (policy: string, name: string) => policy.split("; ").find((part) => part.startsWith(`${name} `));

describe("the content security policy", () => {
  test("lets scripts run by nonce only: nothing inline, nothing evaluated, no other host", () => {
    expect(directive(contentSecurityPolicy("abc", false), "script-src")).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  });

  test("allows eval in development only, where React's error overlay needs it", () => {
    expect(directive(contentSecurityPolicy("abc", true), "script-src")).toContain("'unsafe-eval'");
  });

  test("lets nobody frame a page, change its base, send its forms elsewhere or load from another host", () => {
    const policy = contentSecurityPolicy("abc", false);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  });
});
