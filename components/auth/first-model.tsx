"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { DownloadProgress } from "@/components/models/download-progress";
import { memoryText, sizeText } from "@/components/models/size-text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { useVisibleInterval } from "@/components/workspace/use-visible-interval";
import type { ActionResult } from "@/lib/core/action-result";
import type { CatalogueChoice, EmbeddedState } from "@/lib/gateway/embedded/contract";

type Props = {
  embedded: EmbeddedState;
  choose: (input: { name: string }) => Promise<ActionResult<void>>;
  retry: (input: Record<string, never>) => Promise<ActionResult<void>>;
};

const refreshMs = 1_500;

/** The model that runs on this machine: what is there, what is coming, and the best fit, one click away. */
export function FirstModel({ embedded, choose, retry }: Props) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  useVisibleInterval(() => router.refresh(), embedded.status === "ready" && !embedded.download ? null : refreshMs);
  const run = async (ask: () => Promise<ActionResult<void>>) => {
    setIsBusy(true);
    const result = await ask().catch(() => null);
    if (!result?.ok) toast.error(result?.problem.detail ?? "Hearth cannot be reached. Check the connection and try again.");
    router.refresh();
    setIsBusy(false);
  };
  const best = embedded.catalogue.find((choice) => choice.recommended);
  return (
    <section aria-labelledby="first-model" className="flex flex-col gap-3">
      <h2 id="first-model" className="text-sm font-medium">
        The model on this machine
      </h2>
      <ModelState embedded={embedded} isBusy={isBusy} onRetry={() => void run(() => retry({}))} />
      {best && !isChosen(embedded, best) && (
        <Recommended choice={best} embedded={embedded} isBusy={isBusy} onChoose={() => void run(() => choose({ name: best.name }))} />
      )}
    </section>
  );
}

const isChosen = ({ model, download }: EmbeddedState, choice: CatalogueChoice) =>
  model?.name === choice.name || (download?.name === choice.name && download.state !== "failed");

function ModelState({ embedded, isBusy, onRetry }: { embedded: EmbeddedState; isBusy: boolean; onRetry: () => void }) {
  const { status, model, download, error } = embedded;
  if (download && download.state !== "failed") return <DownloadProgress download={download} />;
  if (model) {
    return (
      <p className="flex items-center gap-2 text-sm">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
        {model.label} is ready.
      </p>
    );
  }
  if (status === "off")
    return (
      <p className="text-sm text-muted-foreground">
        It is switched off by HEARTH_LOCAL_MODEL. Ollama and other model hosts answer instead.
      </p>
    );
  const canRetry = status === "failed" && (
    <Button size="sm" disabled={isBusy} onClick={onRetry}>
      Try again
    </Button>
  );
  return error ? (
    <Banner tone="warning" icon={CircleAlert} role="status" actions={canRetry}>
      {error}
    </Banner>
  ) : (
    <p className="text-sm text-muted-foreground">There is none yet. Models of Ollama and other hosts are used when they are there.</p>
  );
}

type RecommendedProps = { choice: CatalogueChoice; embedded: EmbeddedState; isBusy: boolean; onChoose: () => void };

function Recommended({ choice, embedded, isBusy, onChoose }: RecommendedProps) {
  if (!embedded.changeable || embedded.status === "unavailable") return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-border bg-card p-3 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">Recommended here: {choice.label}</p>
        <p className="text-muted-foreground">
          {choice.description} Fits {memoryText(embedded.memoryBytes)} of memory and {embedded.cores} cores.
        </p>
      </div>
      <Button size="sm" disabled={isBusy} onClick={onChoose}>
        {choice.downloaded ? "Use it" : `Get it (${sizeText(choice.sizeBytes)})`}
      </Button>
    </div>
  );
}
