import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";
import { Agent, request } from "undici";
import { processGlobal } from "./process-global";

/** Where nothing of a network's own may be asked: addresses of this link (cloud metadata among them), of none and of many. */
const closed = new BlockList();
closed.addSubnet("169.254.0.0", 16, "ipv4");
closed.addSubnet("0.0.0.0", 8, "ipv4");
closed.addSubnet("224.0.0.0", 3, "ipv4");
closed.addAddress("100.100.100.200", "ipv4");
closed.addSubnet("fe80::", 10, "ipv6");
closed.addSubnet("ff00::", 8, "ipv6");
closed.addAddress("::", "ipv6");
closed.addAddress("fd00:ec2::254", "ipv6");

/** Whether a webhook may go to an IP address. An IPv4 address within an IPv6 one counts as what it is. */
export function isOpenAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && !closed.check(address, version === 4 ? "ipv4" : "ipv6");
}

const timeoutMs = 10_000;

/** Looks a name up and refuses it when an address of it is closed, right where the connection is made: there is no second look-up. */
const agent = () =>
  processGlobal(
    "guarded-agent",
    () =>
      new Agent({
        connect: {
          timeout: timeoutMs,
          lookup: (host, options, callback) =>
            lookup(host, { ...options, all: true }, (error, found) => {
              const refused = found?.find(({ address }) => !isOpenAddress(address));
              const failure = error ?? (refused ? new Error(`${host} is at ${refused.address}, which may not be asked`) : null);
              const [first] = found ?? [];
              if (failure || !first) return callback(failure ?? new Error(`${host} has no address`), "", 4);
              if (options.all) return callback(null, found);
              callback(null, first.address, first.family);
            }),
        },
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        keepAliveTimeout: 1_000,
      }),
  );

/**
 * Posts JSON to an address that a person entered: HTTP or HTTPS, no redirect is followed, nothing of the answer but its
 * status is read, and addresses of the machine's own link are closed, whatever name they hide behind.
 * @returns the status @throws Error for a closed address, or when there is no answer within ten seconds
 */
export async function guardedPost(address: string, { body, headers }: { body: string; headers: Record<string, string> }): Promise<number> {
  const url = new URL(address);
  const host = url.hostname.replaceAll(/^\[|\]$/g, "");
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new Error(`${url.protocol} is no protocol to post by`);
  if (isIP(host) && !isOpenAddress(host)) throw new Error(`${host} may not be asked`);
  const response = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "Hearth", ...headers },
    body,
    dispatcher: agent(),
    signal: AbortSignal.timeout(timeoutMs),
  });
  response.body.on("error", () => {});
  response.body.destroy();
  return response.statusCode;
}
