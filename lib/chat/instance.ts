import { newId } from "@/lib/core/ids";
import { processGlobal } from "@/lib/core/process-global";

/** This process's id among the replicas on one database; new at each start. */
export function instanceId(): string {
  return processGlobal("instance-id", newId);
}
