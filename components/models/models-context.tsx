"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { z } from "zod";
import { api } from "@/components/api/api";
import { useVisibleInterval } from "@/components/workspace/use-visible-interval";
import { type HostState, useWorkspace } from "@/components/workspace/workspace-context";
import { autoModelId } from "@/lib/core/auto-model-id";
import type { Model, readiness } from "@/lib/gateway/contract";
import type { EmbeddedState, getEmbeddedModel } from "@/lib/gateway/embedded/contract";
import { fetchModels } from "./fetch-models";
import { chatModels } from "./model-facts";

type Models = {
  models: Model[];
  hosts: HostState[];
  embedded: EmbeddedState;
  /** What answers when a chat names no model; null while there is none. */
  fallbackModelId: string | null;
  refresh: () => Promise<void>;
  setEmbedded: (state: EmbeddedState) => void;
};

const ModelsContext = createContext<Models | null>(null);
const refreshMs = 30_000;
const downloadMs = 1_000;
const noModelMs = 3_000;

/** Keeps models, hosts and the embedded model's download up to date while the page is visible. */
export function ModelsProvider({ children }: { children: ReactNode }) {
  const initial = useWorkspace();
  const [lists, setLists] = useState<Pick<Models, "models" | "hosts">>({ models: initial.models, hosts: initial.hosts });
  const [embedded, setEmbedded] = useState(initial.embedded);

  const refresh = useCallback(async () => {
    const [models, hosts] = await Promise.allSettled([fetchModels(), fetchHosts()]);
    setLists((old) => ({
      models: models.status === "fulfilled" ? models.value : old.models,
      hosts: hosts.status === "fulfilled" ? hosts.value : old.hosts,
    }));
  }, []);
  const watchEmbedded = async () => {
    const next = await api<typeof getEmbeddedModel>("GET", "/api/v1/embedded-model").catch(() => null);
    if (!next) return;
    setEmbedded(next);
    if (!isComing(next)) await refresh();
  };
  useVisibleInterval(() => void refresh(), refreshMs);
  useVisibleInterval(() => void watchEmbedded(), embeddedPeriod(embedded, lists.models));

  const fallbackModelId = chooseFallback(lists.models, initial.defaultModelId);
  const value = useMemo(() => ({ ...lists, embedded, fallbackModelId, refresh, setEmbedded }), [lists, embedded, fallbackModelId, refresh]);
  return <ModelsContext value={value}>{children}</ModelsContext>;
}

/** The models and hosts as they are now. @throws Error outside the workspace */
export function useModels(): Models {
  const models = useContext(ModelsContext);
  if (!models) throw new Error("useModels needs a ModelsProvider above it.");
  return models;
}

/** How often to look at the embedded model: a download shows its progress, and while there is no model one may be on its way. */
function embeddedPeriod(embedded: EmbeddedState, models: Model[]): number | null {
  if (isComing(embedded)) return downloadMs;
  return chatModels(models).length === 0 ? noModelMs : null;
}

/** Also while another model answers, and from the moment that a source is looked for. */
function isComing({ download }: EmbeddedState): boolean {
  return download !== null && download.state !== "failed";
}

function chooseFallback(models: Model[], defaultModelId: string | null): string | null {
  const chat = chatModels(models).filter(({ id }) => id !== autoModelId);
  if (chat.some((model) => model.id === defaultModelId)) return defaultModelId;
  return (chat.find((model) => model.upstreams.some((host) => host.state === "up")) ?? chat[0])?.id ?? null;
}

/** Readiness says which hosts answer; with some down it comes as 503, with the same body. */
async function fetchHosts(): Promise<HostState[]> {
  const response = await fetch("/readyz", { cache: "no-store" });
  const { models } = (await response.json()) as z.output<typeof readiness>;
  return models.map(({ upstream, state, error, since }) => ({ name: upstream, state, since, error }));
}
