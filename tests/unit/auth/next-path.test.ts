import { describe, expect, test } from "vitest";
import { localPath } from "@/lib/auth/next-path";
import { isPublicPage } from "@/lib/auth/public-pages";

const origin = "http://localhost:3000";

describe("where a visitor goes after signing in", () => {
  test.each([
    ["/chat/1?x=2#end", "/chat/1?x=2#end"],
    ["http://localhost:3000/settings", "/settings"],
    [undefined, "/"],
    ["", "/"],
    ["https://evil.example/", "/"],
    ["//evil.example/x", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/.//evil.example", "/"],
    ["http://localhost:3000//evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["http://localhost:4000/", "/"],
  ])("%s leads to %s", (wanted, path) => {
    expect(localPath(wanted, origin)).toBe(path);
    expect(new URL(localPath(wanted, origin), origin).origin).toBe(origin);
  });
});

describe("pages open to everybody", () => {
  test.each(["/sign-in", "/register", "/welcome", "/docs/api"])("%s is", (path) => expect(isPublicPage(path)).toBe(true));
  test.each(["/", "/chat/1", "/settings", "/sign-inx", "/docs", "/welcome-back", "/no-such-page"])("%s is not", (path) =>
    expect(isPublicPage(path)).toBe(false),
  );
});
