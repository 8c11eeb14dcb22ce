import { afterEach, expect, test } from "vitest";
import { clearProcessGlobal } from "@/lib/core/process-global";
import type { UpstreamKind } from "@/lib/gateway/contract";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { ownHosts } from "@/lib/gateway/routing/own-hosts";

afterEach(() => clearProcessGlobal("gateway"));

/** Whether a model is one's own that these hosts have. */
function isOwn(hosts: [baseUrl: string, kind?: UpstreamKind][]): boolean {
  for (const [at, [baseUrl, kind = "openai-compatible"]] of hosts.entries()) {
    const upstream = { id: `${at}`, name: `vllm@${at}`, kind, baseUrl, source: "saved" as const, enabled: true };
    gatewayState().hosts.set(upstream.id, { upstream, state: "up", since: null, models: [], checkedAt: 0, nextCheckAt: 0 });
  }
  return ownHosts()({ upstreams: hosts.map((_, at) => ({ name: `vllm@${at}`, state: "up", loaded: false })) });
}

test.each([
  "http://127.0.0.1:8000/v1",
  "http://[::1]:8000/v1",
  "http://192.168.1.20/v1",
  "http://[fd00::20]/v1",
  "http://vllm:8000/v1",
  "http://host.docker.internal:1234/v1",
  "http://tower.local/v1",
])("a compatible server at %s is one's own", (baseUrl) => {
  expect(isOwn([[baseUrl]])).toBe(true);
});

test.each(["https://openrouter.ai/api/v1", "https://8.8.8.8/v1", "https://[2606:4700::1]/v1", "https://local.example.org/v1"])(
  "one at %s is not",
  (baseUrl) => {
    expect(isOwn([[baseUrl]])).toBe(false);
  },
);

test("a model that somebody else's server has too is not one's own, and neither is a provider's behind a proxy", () => {
  expect(isOwn([["http://10.0.0.5/v1"], ["https://api.example.org/v1"]])).toBe(false);
  expect(isOwn([["http://10.0.0.5/v1", "openai"]])).toBe(false);
});
