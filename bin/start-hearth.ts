import { flushCompileCache } from "node:module";
import { parseEnv } from "../lib/core/env.ts";
import { processGlobal } from "../lib/core/process-global.ts";
import { stopOnSignal } from "../lib/core/stop-on-signal.ts";
import { refuseUnreadable } from "../lib/http/refuse-unreadable.ts";
import { forwardingFilter } from "../lib/http/trusted-proxies.ts";
import { buildApp, isBuilt } from "./build-app.ts";
import { stopWithParent } from "./stop-with-parent.ts";

/** Brings Hearth up in this process. Whatever stands in the way is told in one line, and the process ends with 1. */
export async function start({ root, dev }: { root: string; dev: boolean }): Promise<void> {
  try {
    const { PORT, HOST, HEARTH_TRUSTED_PROXIES, HEARTH_URL } = parseEnv(process.env);
    const dropUntrustedForwarding = forwardingFilter(HEARTH_TRUSTED_PROXIES, HEARTH_URL);
    if (!dev && !isBuilt(root)) await build(root);
    const { serve } = await import("../server.ts");
    const { port, ready, stop } = await serve({ port: PORT, host: HOST, dev, dropUntrustedForwarding, refuseUnreadable });
    stopOnSignal(stop);
    stopWithParent();
    // Boot prints the banner, because it knows the database and the models; this tells it the address.
    processGlobal("listening", () => ({ host: HOST, port }));
    await ready;
    flushCompileCache();
  } catch (error) {
    console.error(`Hearth did not start. ${inOneLine(error)}`);
    process.exit(1);
  }
}

async function build(root: string): Promise<void> {
  console.log("Building Hearth: there is no build yet, or the sources have changed. This takes about a minute.");
  const startedAt = performance.now();
  await buildApp(root);
  console.log(`Built in ${Math.round((performance.now() - startedAt) / 1000)} s.`);
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") return "The port is in use by another program. Set PORT to another one.";
  if (code === "EACCES") return "This user may not listen on that port. Set PORT to one above 1023.";
  return error.message;
}
