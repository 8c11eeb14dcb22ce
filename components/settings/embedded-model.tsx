"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { api } from "@/components/api/api";
import { DownloadProgress } from "@/components/models/download-progress";
import { useModels } from "@/components/models/models-context";
import { memoryText, sizeText } from "@/components/models/size-text";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { EmbeddedState, retryEmbeddedModel, setEmbeddedModel } from "@/lib/gateway/embedded/contract";
import { CatalogueRow } from "./catalogue-row";
import { embeddedSource } from "./embedded-source";

/** The model that runs on this machine: which, how far its download is, and what else could be chosen. */
export function EmbeddedModel() {
  const { embedded, setEmbedded, refresh } = useModels();
  const [isBusy, setIsBusy] = useState(false);
  const ask = async (question: () => Promise<EmbeddedState>) => {
    setIsBusy(true);
    try {
      setEmbedded(await question());
      await refresh();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "That did not work. Try again in a moment.");
    }
    setIsBusy(false);
  };
  const choose = (name: string) => void ask(() => api<typeof setEmbeddedModel>("POST", "/api/v1/embedded-model", { body: { name } }));
  const retry = () => void ask(() => api<typeof retryEmbeddedModel>("POST", "/api/v1/embedded-model/retry"));
  const source = embeddedSource(embedded);
  const isLocked = isBusy || !embedded.changeable || embedded.status === "unavailable";
  return (
    <Card aria-label="Embedded model">
      <div>
        <CardTitle className="flex flex-wrap items-center gap-x-2">Embedded model {source && <Badge>{source}</Badge>}</CardTitle>
        <CardDescription>
          Runs on this machine, which has {memoryText(embedded.memoryBytes)} of memory and {embedded.cores} cores. It answers when no other
          host does.
        </CardDescription>
      </div>
      {!embedded.changeable && (
        <Banner title="Set by the environment">HEARTH_LOCAL_MODEL decides which model is used. Unset it to choose here.</Banner>
      )}
      <DownloadState embedded={embedded} isBusy={isBusy} onRetry={retry} />
      <ul className="flex flex-col divide-y divide-border">
        {embedded.catalogue.map((choice) => (
          <CatalogueRow key={choice.name} choice={choice} embedded={embedded} isLocked={isLocked} onChoose={() => choose(choice.name)} />
        ))}
        {embedded.files.map((name) => (
          <FileRow
            key={name}
            name={name}
            isActive={embedded.status === "ready" && `${embedded.model?.name}.gguf` === name}
            isLocked={isLocked}
            onChoose={() => choose(name)}
          />
        ))}
      </ul>
      <SwitchOff embedded={embedded} isLocked={isLocked} onSwitchOff={() => choose("off")} />
    </Card>
  );
}

function DownloadState({ embedded, isBusy, onRetry }: { embedded: EmbeddedState; isBusy: boolean; onRetry: () => void }) {
  const { download, error, status } = embedded;
  if (download && download.state !== "failed") return <DownloadProgress download={download} />;
  if (!error) return null;
  const canRetry = (status === "failed" || download?.state === "failed") && (
    <Button size="sm" disabled={isBusy} onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Banner tone="warning" icon={CircleAlert} role="status" actions={canRetry}>
      {error}
      {download && download.receivedBytes > 0 && ` ${sizeText(download.receivedBytes)} are there already and are kept.`}
    </Banner>
  );
}

function FileRow({ name, isActive, isLocked, onChoose }: { name: string; isActive: boolean; isLocked: boolean; onChoose: () => void }) {
  return (
    <li className="flex items-center gap-3 py-3 last:pb-0">
      <p className="min-w-0 flex-1 text-sm font-medium break-all">{name}</p>
      {isActive ? (
        <Badge tone="success">In use</Badge>
      ) : (
        <Button size="sm" disabled={isLocked} onClick={onChoose}>
          Use
        </Button>
      )}
    </li>
  );
}

function SwitchOff({ embedded, isLocked, onSwitchOff }: { embedded: EmbeddedState; isLocked: boolean; onSwitchOff: () => void }) {
  if (embedded.status === "unavailable" || !embedded.changeable) return null;
  if (embedded.status === "off") return <p className="text-sm text-muted-foreground">It is off. Choose a model to switch it on.</p>;
  return (
    <Button variant="quiet" size="sm" disabled={isLocked} onClick={onSwitchOff} className="self-start">
      Switch it off
    </Button>
  );
}
