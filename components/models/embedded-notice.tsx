"use client";

import { CircleAlert, Download } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { api } from "@/components/api/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useWorkspace } from "@/components/workspace/workspace-context";
import type { EmbeddedDownload, retryEmbeddedModel } from "@/lib/gateway/embedded/contract";
import { useModels } from "./models-context";

/** There is no model yet: how far the embedded one is, or why it did not come and what to do. */
export function EmbeddedNotice() {
  const { embedded } = useModels();
  const { download, error } = embedded;
  if (download && download.state !== "failed") return <Downloading download={download} />;
  if (embedded.status === "failed" || download?.state === "failed")
    return <DownloadFailed reason={download?.error ?? error ?? "The download failed."} />;
  return (
    <Banner tone="warning" icon={CircleAlert} role="status" title="There is no model to answer yet" actions={<ToSettings />}>
      {error ?? "Start Ollama, or add a model host or an embedded model in the settings."}
    </Banner>
  );
}

function Downloading({ download }: { download: EmbeddedDownload }) {
  const { receivedBytes, totalBytes, bytesPerSecond, label, state, source } = download;
  const share = totalBytes > 0 ? receivedBytes / totalBytes : null;
  const leftS = bytesPerSecond > 0 ? Math.ceil((totalBytes - receivedBytes) / bytesPerSecond) : null;
  return (
    <Banner icon={Download} title={state === "checking" ? `Checking ${label}` : `Getting ${label}, the model that runs here`}>
      <Progress label={`Download of ${label}`} value={share} className="my-1.5" />
      <span className="tabular-nums">
        {megabytes(receivedBytes)} of {megabytes(totalBytes)}
        {source && ` from ${source}`}
        {leftS !== null && state === "running" && `, about ${describeSeconds(leftS)} left`}. You can write already; sending works when it is
        there.
      </span>
    </Banner>
  );
}

function DownloadFailed({ reason }: { reason: string }) {
  const { user } = useWorkspace();
  const { setEmbedded } = useModels();
  const [isAsking, setIsAsking] = useState(false);
  const retry = async () => {
    setIsAsking(true);
    try {
      setEmbedded(await api<typeof retryEmbeddedModel>("POST", "/api/v1/embedded-model/retry"));
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "The download could not be started.");
    }
    setIsAsking(false);
  };
  const actions = (
    <>
      <Button size="sm" disabled={isAsking} onClick={() => void retry()}>
        Try again
      </Button>
      <ToSettings />
    </>
  );
  return (
    <Banner
      tone="danger"
      icon={CircleAlert}
      role="alert"
      title="There is no model to answer yet"
      actions={user.role === "admin" && actions}
    >
      {reason} {user.role !== "admin" && "An admin can try again."}
    </Banner>
  );
}

function ToSettings() {
  const { user } = useWorkspace();
  if (user.role !== "admin") return null;
  return (
    <>
      <Button size="sm" asChild>
        <Link href="/settings/hosts">Model hosts</Link>
      </Button>
      <Button size="sm" asChild>
        <Link href="/settings/models">Model settings</Link>
      </Button>
    </>
  );
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
const describeSeconds = (seconds: number) => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`);
