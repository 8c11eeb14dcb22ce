import { Progress } from "@/components/ui/progress";
import type { EmbeddedDownload } from "@/lib/gateway/embedded/contract";
import { sizeText } from "./size-text";

const words = { waiting: "Looking for a source of", running: "Downloading", checking: "Checking", failed: "Stopped at" };

/** How far a model's download is: a bar, and the figures under it. */
export function DownloadProgress({ download }: { download: EmbeddedDownload }) {
  const { label, state, receivedBytes, totalBytes, bytesPerSecond, source } = download;
  const leftS = state === "running" && bytesPerSecond > 0 ? Math.ceil((totalBytes - receivedBytes) / bytesPerSecond) : null;
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <p>
        {words[state]} {label}
      </p>
      <Progress label={`Download of ${label}`} value={totalBytes > 0 ? receivedBytes / totalBytes : null} />
      <p className="text-xs text-muted-foreground tabular-nums">
        {sizeText(receivedBytes)} of {sizeText(totalBytes)}
        {leftS !== null && `, about ${leftS < 90 ? `${leftS} s` : `${Math.round(leftS / 60)} minutes`} left`} · from {source}
      </p>
    </div>
  );
}
