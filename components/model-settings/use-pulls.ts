import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/components/api/api";
import { useModels } from "@/components/models/models-context";
import { useVisibleInterval } from "@/components/workspace/use-visible-interval";
import type { listPulls, Pull } from "@/lib/gateway/ollama/contract";

const lookEveryMs = 1_000;

/** A download as the page shows it. */
export type ShownPull = Omit<Pull, "startedAt">;

/** The downloads of models, followed while one runs; with the end of one the page's models are read anew. */
export function usePulls(initial: ShownPull[]): { pulls: ShownPull[]; look: () => Promise<void> } {
  const [pulls, setPulls] = useState(initial);
  const router = useRouter();
  const { refresh } = useModels();
  const running = pulls.filter(({ state }) => state === "running");
  const look = async () => {
    const found = await api<typeof listPulls>("GET", "/api/v1/pulls").catch(() => null);
    if (!found) return;
    setPulls(found.items);
    const wasSeen = ({ id, state }: ShownPull) => pulls.some((known) => known.id === id && known.state === state);
    const hasEnded = found.items.some((pull) => pull.state !== "running" && !wasSeen(pull));
    if (!hasEnded) return;
    router.refresh();
    await refresh();
  };
  useVisibleInterval(() => void look(), running.length > 0 ? lookEveryMs : null);
  return { pulls, look };
}
