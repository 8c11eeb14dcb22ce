import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { forwardingFilter } from "@/lib/http/trusted-proxies";

const forwarding = {
  "x-forwarded-for": "203.0.113.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.example",
  forwarded: "for=203.0.113.9",
};

/** What is left of the headers of a request from `remoteAddress`. */
function headersAfter(trusted: string, remoteAddress: string): string[] {
  const request = { socket: { remoteAddress }, headers: { host: "hearth.example", ...forwarding } } as unknown as IncomingMessage;
  forwardingFilter(trusted)(request);
  return Object.keys(request.headers);
}

const all = ["host", ...Object.keys(forwarding)];

describe("forwarding headers", () => {
  test.each([
    ["loopback", "127.0.0.1"],
    ["loopback", "::1"],
    ["loopback", "::ffff:127.0.0.1"],
    ["private", "192.168.1.20"],
    ["private", "10.9.8.7"],
    ["private", "fd00::12"],
    ["loopback,private", "172.31.255.254"],
    ["203.0.113.0/24", "203.0.113.77"],
    [" 198.51.100.7 , none", "198.51.100.7"],
    ["2001:db8::/32", "2001:db8:1::5"],
  ])("are believed when %s is trusted and %s sends them", (trusted, address) => {
    expect(headersAfter(trusted, address)).toEqual(all);
  });

  test.each([
    ["none", "127.0.0.1"],
    ["", "127.0.0.1"],
    ["loopback", "192.168.1.20"],
    ["private", "172.32.0.1"],
    ["private", "127.0.0.1"],
    ["loopback,private", "203.0.113.9"],
    ["203.0.113.0/24", "203.0.114.1"],
  ])("are dropped, and nothing else, when %j is trusted and %s sends them", (trusted, address) => {
    expect(headersAfter(trusted, address)).toEqual(["host"]);
  });

  test.each(["nonsense", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "300.1.1.1"])("%s is refused by name", (trusted) => {
    expect(() => forwardingFilter(trusted)).toThrow(/HEARTH_TRUSTED_PROXIES.+/);
    expect(() => forwardingFilter(trusted)).toThrow(trusted);
  });
});

test("a public address of the environment stands in place of what anyone says of host and protocol", () => {
  for (const remoteAddress of ["127.0.0.1", "203.0.113.5"]) {
    const request = { socket: { remoteAddress }, headers: { host: "10.0.0.2:3000", ...forwarding } } as unknown as IncomingMessage;
    forwardingFilter("loopback", "https://chat.example.org:8443")(request);
    expect(request.headers).toMatchObject({ "x-forwarded-host": "chat.example.org:8443", "x-forwarded-proto": "https" });
  }
});
