import { db } from "@/db/database";
import { log } from "@/lib/core/log";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { checkAfresh } from "../check-host";
import { gatewaySettings } from "../gateway-settings";
import type { Host } from "../gateway-state";
import { openAnswer } from "../open-answer";
import { type ModelOnHosts, ollamasWith } from "./hosts-with";
import { inTime } from "./in-time";
import { ollamaHeaders } from "./ollama-headers";

/**
 * Deletes a model from the disk of every Ollama that has it, or of one. What was set for it stays, for when it comes back.
 * For admins. @throws NotFoundError · ConflictError for models of another kind of host · ModelError of the first host that could not
 */
export async function deleteModel(wanted: ModelOnHosts): Promise<void> {
  const { hosts, name } = await ollamasWith(wanted);
  const outcomes = await Promise.allSettled(hosts.map((host) => deleteFrom(host, name)));
  const from = hosts.filter((_, at) => outcomes[at]?.status === "fulfilled").map(({ upstream }) => upstream.name);
  const target = { kind: "model", id: wanted.modelId, name: wanted.modelId };
  if (from.length > 0) await recordEvent(db(), { action: "model.deleted", target, before: { hosts: from } });
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

async function deleteFrom(host: Host, name: string): Promise<void> {
  const { upstream } = host;
  const limitMs = gatewaySettings().firstTokenTimeoutMs;
  const request = { path: "/api/delete", method: "DELETE", body: { model: name }, headers: ollamaHeaders(upstream) } as const;
  await inTime({ upstream, name, limitMs }, async (signal) => {
    const reply = await openAnswer(upstream, { ...request, signal, about: name });
    await reply?.cancel();
  });
  log().info({ upstream: upstream.name, model: name }, "model deleted");
  await checkAfresh(host);
}
