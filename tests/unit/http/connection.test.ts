import { describe, expect, test } from "vitest";
import { connectionOf, isFromOwnPage, isSameOrigin } from "@/lib/http/connection";

const host = { host: "chat.local:3000" };

describe("the visitor's connection", () => {
  test.each([
    [{ host: "localhost:3000" }, { host: "localhost:3000", secure: false, origin: "http://localhost:3000", address: "unknown" }],
    [
      { host: "127.0.0.1:3000", "x-forwarded-host": "chat.example.org", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9" },
      { host: "chat.example.org", secure: true, origin: "https://chat.example.org", address: "203.0.113.9" },
    ],
    [
      { host: "a", "x-forwarded-proto": "https, http", "x-forwarded-for": "203.0.113.9, 10.0.0.1" },
      { host: "a", secure: true, origin: "https://a", address: "203.0.113.9" },
    ],
  ])("%o is read as %o", (headers, connection) => {
    expect(connectionOf(new Headers(headers))).toEqual(connection);
  });
});

describe("same origin", () => {
  test.each([
    ["a page of ours", { ...host, "sec-fetch-site": "same-origin" }, true],
    ["the address bar", { ...host, "sec-fetch-site": "none" }, true],
    ["another site", { ...host, "sec-fetch-site": "cross-site" }, false],
    ["a neighbour under the same domain", { ...host, "sec-fetch-site": "same-site" }, false],
    ["another site that also claims our origin", { ...host, "sec-fetch-site": "cross-site", origin: "http://chat.local:3000" }, false],
    ["an older browser on our page", { ...host, origin: "http://chat.local:3000" }, true],
    ["an older browser on another port", { ...host, origin: "http://chat.local:4000" }, false],
    ["an older browser elsewhere", { ...host, origin: "https://evil.example" }, false],
    ["a sandboxed frame", { ...host, origin: "null" }, false],
    ["a page behind the proxy", { ...host, "x-forwarded-host": "chat.example.org", origin: "https://chat.example.org" }, true],
    ["no browser at all", host, true],
  ])("a request from %s", (_from, headers, expected) => {
    expect(isSameOrigin(new Headers(headers))).toBe(expected);
  });
});

describe("a WebSocket from a page of ours", () => {
  test.each([
    ["our page", { ...host, origin: "http://chat.local:3000" }, true],
    ["our page, as a newer browser tells it", { ...host, origin: "http://chat.local:3000", "sec-fetch-site": "same-origin" }, true],
    ["our page behind a proxy", { host: "127.0.0.1", "x-forwarded-host": "chat.example.org", origin: "https://chat.example.org" }, true],
    ["another site", { ...host, origin: "https://evil.example" }, false],
    ["another port", { ...host, origin: "http://chat.local:4000" }, false],
    ["a sandboxed frame", { ...host, origin: "null" }, false],
    ["nobody who says so", host, false],
    ["another site that claims our origin", { ...host, origin: "http://chat.local:3000", "sec-fetch-site": "cross-site" }, false],
  ])("%s: %o gives %s", (_who, headers, isOurs) => {
    expect(isFromOwnPage(new Headers(headers))).toBe(isOurs);
  });
});
