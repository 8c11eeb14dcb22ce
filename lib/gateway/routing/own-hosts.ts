import { isIP } from "node:net";
import { addressMatcher } from "@/lib/http/trusted-proxies";
import type { Model } from "../contract";
import { gatewayState } from "../gateway-state";

const isOwnAddress = addressMatcher("loopback,private");

/**
 * Whether a model is served by one's own network alone, as by a vLLM of one's own, read once for one decision: every host
 * that has it is a compatible server at a private address, or by a name that the internet does not know. No name is looked up.
 */
export function ownHosts(): (model: Pick<Model, "upstreams">) => boolean {
  const own = new Set<string>();
  for (const { upstream } of gatewayState().hosts.values()) {
    if (upstream.kind === "openai-compatible" && upstream.baseUrl && isOnOwnNetwork(upstream.baseUrl)) own.add(upstream.name);
  }
  return ({ upstreams }) => upstreams.every(({ name }) => own.has(name));
}

function isOnOwnNetwork(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replaceAll(/^\[|\]$/g, "");
  return isIP(host) ? isOwnAddress(host) : !host.includes(".") || /\.(local|localhost|internal|lan)$/.test(host);
}
