import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { ApiKey } from "@/lib/auth/keys/contract";
import { EditKey } from "./edit-key";
import type { KeyActions } from "./key-types";
import { describeCache, describeDay, describeLimits, describeScopes } from "./key-words";
import { relativeTime } from "./relative-time";
import { RowAction } from "./row-action";

type Props = { apiKey: ApiKey; now: Date; actions: Pick<KeyActions, "changeKey" | "endKey">; showsOwner?: boolean; children?: ReactNode };

/** One key: what it may do, how it stands, and what can be done with it. `children` are further controls. */
export function KeyRow({ apiKey, now, actions, showsOwner = false, children }: Props) {
  const { id, name, hint, state, scopes, owner } = apiKey;
  const limits = describeLimits(apiKey);
  const cache = describeCache(apiKey);
  const ask = {
    title: `Revoke ${name}?`,
    description: `Programs that use the key ending in ${hint} are refused at once. This cannot be undone.`,
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className="break-words">{name}</span>
          <code className="text-xs font-normal text-muted-foreground">hk_…{hint}</code>
          {state === "revoked" && <Badge>Revoked</Badge>}
          {state === "expired" && <Badge tone="warning">Expired</Badge>}
        </p>
        <p className="text-sm break-words text-muted-foreground">
          {showsOwner && `${owner.name} (${owner.email}) · `}
          {describeScopes(scopes)} · {describeUse(apiKey, now)}
        </p>
        {limits.length > 0 && <p className="text-sm break-words text-muted-foreground">Limits: {limits.join(" · ")}</p>}
        {cache && <p className="text-sm break-words text-muted-foreground">Kept answers: {cache}</p>}
      </div>
      {state !== "revoked" && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {children}
          {state === "active" && <EditKey apiKey={apiKey} change={actions.changeKey} />}
          <RowAction id={id} label="Revoke" run={actions.endKey} done={`${name} is revoked.`} ask={ask} />
        </div>
      )}
    </li>
  );
}

function describeUse({ lastUsedAt, expiresAt, state }: ApiKey, now: Date): string {
  const used = lastUsedAt ? `last used ${relativeTime(lastUsedAt, now)}` : "never used";
  const end = expiresAt ? `${state === "expired" ? "expired" : "expires"} ${describeDay(expiresAt)}` : "never expires";
  return state === "revoked" ? used : `${used} · ${end}`;
}
