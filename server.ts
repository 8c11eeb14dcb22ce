import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import next from "next";

type Direct = (request: IncomingMessage, response: ServerResponse) => boolean;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Values that modules on both sides of Next's bundles share; see `lib/core/process-global.ts`. */
const shared = () => (globalThis as typeof globalThis & { __hearth?: Map<string, unknown> }).__hearth;

export type ServerOptions = {
  /** 0 picks a free port. */
  port: number;
  host: string;
  dev: boolean;
  /** Removes forwarding headers that did not come from a trusted proxy. */
  dropUntrustedForwarding: (request: IncomingMessage) => void;
  /** Answers what Next cannot read. Tells whether it did. */
  refuseUnreadable: (request: IncomingMessage, response: ServerResponse) => boolean;
};

/**
 * Listens, then prepares Next, which boots Hearth through `instrumentation.ts`; early requests wait for that.
 * @returns the port, `ready` (rejects when the boot failed) and `stop`, which takes no new work and ends what is open
 * @throws Error with code EADDRINUSE or EACCES when the port cannot be had
 */
export async function serve({ port, host, dev, dropUntrustedForwarding, refuseUnreadable }: ServerOptions) {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const bound = (server.address() as AddressInfo).port;
  // Next adds its upgrade listener to the server it is given; given one that never listens, the decision stays here.
  const upgradesOfNext = createServer();
  const app = next({ dev, dir: import.meta.dirname, hostname: host, port: bound, httpServer: upgradesOfNext });
  const handle = app.getRequestHandler();
  const ready = app.prepare();

  server.on("request", async (request, response) => {
    dropUntrustedForwarding(request);
    if (refuseUnreadable(request, response)) return;
    if ((shared()?.get("direct") as Direct | undefined)?.(request, response)) return;
    await ready.then(() => handle(request, response)).catch(() => response.destroy());
  });
  server.on("upgrade", async (request, socket: Duplex, head) => {
    dropUntrustedForwarding(request);
    if ((shared()?.get("upgrade") as Upgrade | undefined)?.(request, socket, head)) return;
    if (dev) return ready.then(() => upgradesOfNext.emit("upgrade", request, socket, head)).catch(() => socket.destroy());
    socket.destroy();
  });

  const stop = async () => {
    server.close();
    server.closeIdleConnections();
    await (shared()?.get("shutdown") as (() => Promise<void>) | undefined)?.();
    server.closeAllConnections();
  };
  return { port: bound, ready, stop };
}
