import { db } from "@/db/database";
import { AppError, ConflictError, NotFoundError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { checkAfresh } from "../check-host";
import { currentHosts } from "../current-hosts";
import type { Host } from "../gateway-state";
import { getHost } from "../hosts/get-host";
import { pullFromHost } from "./pull-from-host";
import { forgetOldPulls, type PullEntry, pulls, runningPulls } from "./pulls";

const mostAtOnce = 10;

/**
 * Begins a download in the background, or joins the one of the same model to the same host.
 * @returns whether it was begun here @throws NotFoundError · ConflictError when the host is no Ollama, or too many run
 */
export async function startPull({
  name,
  upstreamId,
}: {
  name: string;
  upstreamId?: string;
}): Promise<{ entry: PullEntry; isNew: boolean }> {
  const host = await ollamaFor(upstreamId);
  const same = runningPulls().find(({ view }) => view.upstreamId === host.upstream.id && view.name === name);
  if (same) return { entry: same, isNew: false };
  if (runningPulls().length >= mostAtOnce)
    throw new ConflictError(`${mostAtOnce} downloads are running. Wait for one to end, or cancel it.`);
  const { id, name: upstream } = host.upstream;
  const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
  // Who waits for the beginning is told of its failure; nobody has to.
  begun.catch(() => {});
  const progress = { state: "running", status: "", completed: null, total: null, error: null } as const;
  const entry: PullEntry = {
    view: { id: newId(), name, upstreamId: id, upstream, ...progress, startedAt: new Date() },
    abort: new AbortController(),
    begun,
    ended: Promise.resolve(),
    watchers: new Set(),
  };
  entry.ended = run(entry, host, { resolve, reject });
  pulls().set(entry.view.id, entry);
  forgetOldPulls();
  // Not before it is in the list, where the next who asks for the same finds it.
  const event = { action: "model.pulled", target: { kind: "model", id: name, name }, after: { host: upstream } } as const;
  await recordEvent(db(), event).catch((error) => {
    entry.abort.abort();
    throw error;
  });
  return { entry, isNew: true };
}

async function run(entry: PullEntry, host: Host, begun: { resolve: () => void; reject: (error: unknown) => void }): Promise<void> {
  const { view, abort } = entry;
  const change = (changes: Partial<PullEntry["view"]>) => {
    Object.assign(view, changes);
    for (const watcher of entry.watchers) watcher();
  };
  try {
    for await (const progress of pullFromHost(host.upstream, view.name, abort.signal)) {
      begun.resolve();
      change(progress);
    }
    log().info({ upstream: view.upstream, model: view.name }, "model pulled");
    await checkAfresh(host);
    change({ state: "done" });
  } catch (error) {
    entry.failure = error;
    begun.reject(abort.signal.aborted ? new ConflictError(`The download of ${view.name} was cancelled.`) : error);
    if (abort.signal.aborted) return change({ state: "cancelled" });
    if (!(error instanceof AppError)) log().error({ err: error, upstream: view.upstream, model: view.name }, "a download failed");
    change({ state: "failed", error: error instanceof AppError ? error.message : "The download failed. The log says more." });
  }
}

async function ollamaFor(upstreamId: string | undefined): Promise<Host> {
  if (upstreamId !== undefined) {
    const host = await getHost(upstreamId);
    if (host.upstream.kind !== "ollama") throw new ConflictError(`${host.upstream.name} is no Ollama, and downloads no models.`);
    return host;
  }
  const ollamas = (await currentHosts()).filter(({ upstream }) => upstream.enabled && upstream.kind === "ollama");
  const host = ollamas.find(({ state }) => state === "up") ?? ollamas[0];
  if (!host) throw new NotFoundError("Ollama", "that is in use");
  return host;
}
