import type { UiChunk } from "@/db/schema/json";
import { resumedTextId } from "./message-parts";
import type { RunLog } from "./run-log";

/** Sends the first text that comes into the text that is there already, when that text is the reply's last part. */
export function joining(runLog: RunLog, replayed: UiChunk[]) {
  const isOpen = replayed.some((chunk) => chunk.type === "text-start" && chunk.id === resumedTextId);
  let joinedId: string | undefined;
  let stepSeen = false;
  return (chunk: UiChunk) => {
    if (!isOpen) return runLog.append(chunk);
    if (chunk.type === "start-step" && !stepSeen) {
      stepSeen = true;
      return;
    }
    if (chunk.type === "text-start" && joinedId === undefined) {
      joinedId = chunk.id;
      return;
    }
    const joins = (chunk.type === "text-delta" || chunk.type === "text-end") && chunk.id === joinedId;
    runLog.append(joins ? { ...chunk, id: resumedTextId } : chunk);
  };
}
