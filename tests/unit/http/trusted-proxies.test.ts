import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { forwardingFilter } from "@/lib/http/trusted-proxies";

const forwarded = {
  "x-forwarded-for": "203.0.113.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "chat.example.org",
  forwarded: "for=203.0.113.9",
};

function headersAfter(setting: string, remoteAddress: string | undefined, headers: Record<string, string> = forwarded) {
  const request = { headers: { host: "localhost:3000", ...headers }, socket: { remoteAddress } } as unknown as IncomingMessage;
  forwardingFilter(setting)(request);
  return request.headers;
}

describe("forwarding headers", () => {
  test.each([
    ["loopback", "127.0.0.1"],
    ["loopback", "127.9.9.9"],
    ["loopback", "::1"],
    ["loopback", "::ffff:127.0.0.1"],
    ["private", "10.1.2.3"],
    ["private", "172.31.0.1"],
    ["private", "192.168.1.1"],
    ["private", "::ffff:192.168.1.1"],
    ["private", "fd12::1"],
    ["203.0.113.0/24", "203.0.113.77"],
    ["198.51.100.4", "198.51.100.4"],
    ["2001:db8::/32", "2001:db8::5"],
    [" loopback , 198.51.100.4 ", "198.51.100.4"],
  ])("with %s they are believed from %s", (setting, address) => {
    expect(headersAfter(setting, address)).toEqual({ host: "localhost:3000", ...forwarded });
  });

  test.each([
    ["loopback,private", "198.51.100.4"],
    ["loopback,private", "172.32.0.1"],
    ["loopback", "192.168.1.1"],
    ["none", "127.0.0.1"],
    ["", "127.0.0.1"],
    ["198.51.100.4", "198.51.100.5"],
    ["loopback", undefined],
  ])("with %s they are removed from %s", (setting, address) => {
    expect(headersAfter(setting, address)).toEqual({ host: "localhost:3000" });
  });

  test.each([
    ["what the visitor made up stands before what the proxy saw", "1.2.3.4, 203.0.113.9", "203.0.113.9"],
    ["a chain of trusted proxies is stepped over", "203.0.113.9, 10.0.0.7, 127.0.0.1", "203.0.113.9"],
    ["a visitor inside the trusted network is kept", "192.168.1.5", "192.168.1.5"],
    ["what is no address is not a proxy", "203.0.113.9, unknown", "unknown"],
  ])("%s", (_what, chain, visitor) => {
    expect(headersAfter("loopback,private", "127.0.0.1", { "x-forwarded-for": chain })["x-forwarded-for"]).toBe(visitor);
  });

  test.each(["nonsense", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "10.0.0/8", "10.0.0.0/-1"])("%s is refused by name at start", (entry) => {
    expect(() => forwardingFilter(`loopback,${entry}`)).toThrow(entry);
  });
});
