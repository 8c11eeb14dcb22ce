import { db } from "@/db/database";
import { AppError, ConflictError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";
import { acting } from "@/lib/http/acting";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { requireActiveModel } from "../embedded/require-active-model";
import { runnerOf } from "../embedded/runner-of";
import type { Host } from "../gateway-state";
import { hostsWith, type ModelOnHosts, ollamasWith } from "../ollama/hosts-with";
import { loadModel, unloadModel } from "../ollama/load-model";
import type { LoadOutcome } from "./contract";

/** Loads under way, so that a click and a schedule ask a host once. */
const underWay = () => processGlobal<Map<string, Promise<void>>>("gateway-loads", () => new Map());

/**
 * Loads a model into memory on every host that has it, or on one: Ollamas, and the embedded model's process.
 * @returns what came of it, host by host @throws NotFoundError · ConflictError for models that somebody else keeps
 */
export async function loadOnHosts(wanted: ModelOnHosts): Promise<LoadOutcome[]> {
  const { hosts, name } = await hostsWith(wanted);
  const own = hosts.filter(({ upstream }) => upstream.kind === "ollama" || upstream.kind === "embedded");
  if (own.length === 0) throw new ConflictError(`${wanted.modelId} is always ready: its host does not let others load models.`);
  const outcomes = await Promise.all(own.map((host) => outcomeOf(host, loadOnce(host, name))));
  await note("model.loaded", wanted, outcomes);
  return outcomes;
}

/** Takes a model out of the memory of every Ollama that has it, or of one. @throws NotFoundError · ConflictError for other hosts */
export async function unloadFromHosts(wanted: ModelOnHosts): Promise<LoadOutcome[]> {
  const { hosts, name } = await ollamasWith(wanted);
  const outcomes = await Promise.all(hosts.map((host) => outcomeOf(host, unloadModel(host, name))));
  await note("model.unloaded", wanted, outcomes);
  return outcomes;
}

/** What a schedule loads is nobody's doing. */
async function note(action: "model.loaded" | "model.unloaded", { modelId }: ModelOnHosts, hosts: LoadOutcome[]): Promise<void> {
  if (acting()) await recordEvent(db(), { action, target: { kind: "model", id: modelId, name: modelId }, after: { hosts } });
}

function loadOnce(host: Host, name: string): Promise<void> {
  const key = `${host.upstream.id} ${name}`;
  const known = underWay().get(key);
  if (known) return known;
  const loading = (host.upstream.kind === "embedded" ? warmEmbedded() : loadModel(host, name)).finally(() => underWay().delete(key));
  underWay().set(key, loading);
  return loading;
}

const warmEmbedded = async () => runnerOf(requireActiveModel().file).warm();

async function outcomeOf({ upstream }: Host, work: Promise<void>): Promise<LoadOutcome> {
  try {
    await work;
    return { upstream: upstream.name, ok: true };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { upstream: upstream.name, ok: false, error: error.message };
  }
}
