import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { problem } from "@/lib/core/problem";
import { refuseUnreadable } from "@/lib/http/refuse-unreadable";

function answerTo(request: { method?: string; url?: string; headers?: Record<string, string> }) {
  const sent: { status?: number; headers?: Record<string, string>; body?: string } = {};
  const response = {
    writeHead: (status: number, headers: Record<string, string>) => Object.assign(sent, { status, headers }),
    end: (body?: string) => Object.assign(sent, { body }),
  } as unknown as ServerResponse;
  const given = { method: "GET", url: "/", headers: {}, ...request } as unknown as IncomingMessage;
  return { wasRefused: refuseUnreadable(given, response), sent };
}

test.each([
  ["a stray percent sign", { url: "/api/v1/runs/%ZZ" }, 400],
  ["bytes that are no UTF-8", { url: "/chat/%ff%fe" }, 400],
  ["an asterisk for an address", { method: "OPTIONS", url: "*" }, 400],
  ["the address of a forward proxy's request", { url: "http://evil.example/" }, 400],
  ["a host that is no host", { headers: { host: "[" } }, 400],
  ["markup as a host", { headers: { host: 'x"><script>' } }, 400],
  ["a port out of range", { headers: { host: "a:99999999" } }, 400],
  ["a forwarded host that is no host", { headers: { host: "a.example", "x-forwarded-host": "b.example, %" } }, 400],
  ["a method that nothing has", { method: "TRACE" }, 405],
])("%s is refused with a problem", (_what, request, status) => {
  const { wasRefused, sent } = answerTo(request);
  expect(wasRefused).toBe(true);
  expect(sent.status).toBe(status);
  const told = problem.parse(JSON.parse(sent.body ?? ""));
  expect(told).toMatchObject({ status, requestId: sent.headers?.["x-request-id"] });
});

test.each([["localhost:3000"], ["[::1]:3000"], ["192.168.1.20"], ["my_host.example"], ["xn--bcher-kva.example"], [""]])(
  "host %s is let through",
  (host) => {
    expect(answerTo({ url: "/chat/%C3%A4?q=%ZZ", headers: { host } }).wasRefused).toBe(false);
  },
);
