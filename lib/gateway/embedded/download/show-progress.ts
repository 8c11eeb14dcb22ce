import { log } from "@/lib/core/log";
import type { Progress } from "./progress";

const barWidth = 30;

/**
 * Shows a download where people look: a bar that redraws itself in a terminal, else a line in the log for every tenth.
 * @returns `show` for each progress, and `end` to leave the terminal's line
 */
export function progressDisplay(label: string) {
  const { stdout } = process;
  let shownTenth = -1;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;

  const draw = (progress: Progress) => {
    if (performance.now() - drawnAt < 100 && progress.receivedBytes < progress.totalBytes) return;
    drawnAt = performance.now();
    isDrawn = true;
    stdout.write(`\r\x1b[K${barOf(label, progress)}`);
  };
  const write = (progress: Progress) => {
    const tenth = Math.floor((progress.receivedBytes * 10) / progress.totalBytes);
    if (tenth === shownTenth) return;
    shownTenth = tenth;
    log().info(
      { model: label, source: progress.source, receivedBytes: progress.receivedBytes, totalBytes: progress.totalBytes },
      `downloading ${label} from ${progress.source}: ${tenth * 10} %`,
    );
  };
  return {
    show: (progress: Progress) => (stdout.isTTY ? draw(progress) : write(progress)),
    end: () => {
      if (isDrawn) stdout.write("\n");
      isDrawn = false;
    },
  };
}

/** One line, as in `SmolLM2 135M  ███████░░░  71 %  70 of 98 MB  12.3 MB/s  Hugging Face`. */
export function barOf(label: string, { state, receivedBytes, totalBytes, bytesPerSecond, source }: Progress): string {
  const share = Math.min(1, receivedBytes / Math.max(1, totalBytes));
  const filled = Math.round(share * barWidth);
  const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
  const speed = state === "checking" ? "checking" : `${(bytesPerSecond / 1_000_000).toFixed(1)} MB/s`;
  return `${label}  ${bar}  ${Math.floor(share * 100)} %  ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB  ${speed}  ${source}`;
}
