"use client";

import { api } from "@/components/api/api";
import { type Outcome, outcomeOf } from "@/components/api/outcome";
import { describeContext } from "@/components/models/model-facts";
import { sizeText } from "@/components/models/size-text";
import { RowAction } from "@/components/settings/row-action";
import type { unloadModel } from "@/lib/gateway/models/contract";
import type { HostProps } from "./host-types";
import { timeLeft } from "./host-words";

/** The models that a host holds in memory, and the way to take one out. */
export function LoadedModels({ host, now }: Pick<HostProps, "host" | "now">) {
  if (host.loaded.length === 0) return null;
  return (
    <ul aria-label={`In the memory of ${host.name}`} className="flex flex-col gap-1.5">
      {host.loaded.map(({ model, name, vramBytes, contextLength, until }) => {
        const facts = [
          vramBytes !== null && `${sizeText(vramBytes)} of graphics memory`,
          describeContext(contextLength),
          host.kind === "ollama" && (until ? `stays for ${timeLeft(until, now)}` : "stays"),
        ];
        return (
          <li key={model} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
            <span className="min-w-0 flex-1 basis-48">
              <span className="break-all">{name}</span>
              <span className="text-muted-foreground"> in memory · {facts.filter(Boolean).join(" · ")}</span>
            </span>
            {host.kind === "ollama" && (
              <RowAction
                id={model}
                label="Unload"
                name={`Unload ${name}`}
                run={() => unload(model, host.id)}
                done={`${name} leaves memory.`}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Takes a model out of a host's memory, which may have calls of it to end first. */
async function unload(modelId: string, upstreamId: string): Promise<Outcome<unknown>> {
  const asked = await outcomeOf(api<typeof unloadModel>("POST", "/api/v1/models/unload", { body: { modelId, upstreamId } }));
  const failed = asked.ok && asked.value.hosts.find(({ ok }) => !ok);
  return failed ? { ok: false, problem: { detail: failed.error ?? "That did not work. Try again in a moment." } } : asked;
}
