"use client";

import { sizeText } from "@/components/models/size-text";
import { RowAction } from "@/components/settings/row-action";
import { Progress } from "@/components/ui/progress";
import type { ModelActions } from "./model-types";
import type { ShownPull } from "./use-pulls";

type Props = { pulls: ShownPull[]; stop: ModelActions["stopPull"]; onChange: () => Promise<void> };

/** Models on their way, with their progress, and those that did not come; each can be ended or put away. */
export function PullList({ pulls, stop, onChange }: Props) {
  const shown = pulls.filter(({ state }) => state === "running" || state === "failed");
  if (shown.length === 0) return null;
  const end = async (input: { id: string }) => {
    const result = await stop(input);
    await onChange();
    return result;
  };
  return (
    <ul aria-label="Downloads" className="flex flex-col gap-3 rounded-lg bg-muted px-3 py-2.5">
      {shown.map((pull) => (
        <li key={pull.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <div className="flex min-w-0 flex-1 basis-48 flex-col gap-1.5">
            <p className="break-all">
              {pull.name} <span className="text-muted-foreground">to {pull.upstream}</span>
            </p>
            {pull.state === "running" ? (
              <>
                <Progress label={`Download of ${pull.name}`} value={pull.total ? (pull.completed ?? 0) / pull.total : null} />
                <p className="text-xs break-all text-muted-foreground tabular-nums">{progressText(pull)}</p>
              </>
            ) : (
              <p className="break-words text-destructive">{pull.error}</p>
            )}
          </div>
          <RowAction
            id={pull.id}
            label={pull.state === "running" ? "Cancel" : "Dismiss"}
            name={`${pull.state === "running" ? "Cancel the download of" : "Dismiss"} ${pull.name}`}
            run={end}
            done={pull.state === "running" ? `The download of ${pull.name} is cancelled.` : "Dismissed."}
          />
        </li>
      ))}
    </ul>
  );
}

function progressText({ status, completed, total }: ShownPull): string {
  if (!total) return status;
  return `${sizeText(completed ?? 0)} of ${sizeText(total)} · ${status.replace(/^(pulling) .*/, "$1")}`;
}
