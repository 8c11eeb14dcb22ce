import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

const named: Record<string, [address: string, bits: number][]> = {
  none: [],
  loopback: [
    ["127.0.0.0", 8],
    ["::1", 128],
  ],
  private: [
    ["10.0.0.0", 8],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["169.254.0.0", 16],
    ["fc00::", 7],
    ["fe80::", 10],
  ],
};

/**
 * Makes the function that prepares a request's headers so that the rest of Hearth may believe `X-Forwarded-*`.
 *
 * From anyone but a trusted proxy, `Forwarded` and `X-Forwarded-*` are removed; Next fills them in from the socket.
 * From a trusted proxy, `X-Forwarded-For` is cut to the visitor: the last entry that is not a trusted proxy itself,
 * because whatever stands before it was written by the visitor.
 * @param trusted value of HEARTH_TRUSTED_PROXIES: comma-separated addresses, CIDR ranges, `loopback`, `private`, `none`
 * @param publicUrl value of HEARTH_URL: put in place of what the request says of its host and protocol, so that Next and next-auth go by it too
 * @throws Error of one line that names the entry at fault
 */
export function forwardingFilter(trusted: string, publicUrl?: string): (request: IncomingMessage) => void {
  const isProxy = addressMatcher(trusted);
  const { host, protocol } = publicUrl ? new URL(publicUrl) : {};
  return ({ headers, socket }) => {
    if (isProxy(socket.remoteAddress ?? "")) keepVisitorOnly(headers, isProxy);
    else dropForwarding(headers);
    if (host) Object.assign(headers, { "x-forwarded-host": host, "x-forwarded-proto": protocol?.replace(":", "") });
  };
}

/** Makes the function that tells whether an address is in one of the ranges, which are written as in `forwardingFilter`. */
export function addressMatcher(ranges: string): (address: string) => boolean {
  const list = proxyList(ranges);
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function dropForwarding(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) {
    if (name === "forwarded" || name.startsWith("x-forwarded-")) delete headers[name];
  }
}

function keepVisitorOnly(headers: IncomingHttpHeaders, isProxy: (address: string) => boolean): void {
  const chain = [headers["x-forwarded-for"] ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const visitor = chain.findLast((address) => !isProxy(address)) ?? chain[0];
  if (visitor) headers["x-forwarded-for"] = visitor;
}

function proxyList(trusted: string): BlockList {
  const list = new BlockList();
  for (const entry of trusted
    .split(",")
    .map((text) => text.trim())
    .filter(Boolean)) {
    for (const [address, bits] of named[entry] ?? [parseRange(entry)]) {
      list.addSubnet(address, bits, isIP(address) === 6 ? "ipv6" : "ipv4");
    }
  }
  return list;
}

function parseRange(entry: string): [string, number] {
  const [address = "", bitsText] = entry.split("/");
  const longest = isIP(address) === 6 ? 128 : 32;
  const bits = Number(bitsText ?? longest);
  if (isIP(address) && Number.isInteger(bits) && bits >= 0 && bits <= longest) return [address, bits];
  throw new Error(`HEARTH_TRUSTED_PROXIES is not usable: "${entry}" is neither an address, a CIDR range, loopback, private nor none.`);
}
