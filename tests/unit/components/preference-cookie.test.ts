import { afterEach, expect, test, vi } from "vitest";
import { savePreference } from "@/components/workspace/preference-cookie";

afterEach(() => vi.unstubAllGlobals());

/** What a page at `protocol` sets as its cookie. */
function cookieSetAt(protocol: string): string {
  const page = { cookie: "" };
  vi.stubGlobal("document", page);
  vi.stubGlobal("location", { protocol });
  savePreference("sidebar", "closed now");
  return page.cookie;
}

test("a choice is kept for a year, Secure over HTTPS, and plain where a Secure cookie would be thrown away", () => {
  const everywhere = /^[\w-]+=closed%20now; path=\/; max-age=31536000; samesite=lax/;
  expect(cookieSetAt("https:")).toMatch(new RegExp(`${everywhere.source}; secure$`));
  expect(cookieSetAt("http:")).toMatch(new RegExp(`${everywhere.source}$`));
});
