import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import type { ApiKey } from "@/lib/auth/keys/contract";
import { CreateKey } from "./create-key";
import { KeyRow } from "./key-row";
import type { KeyActions, KeyChoices } from "./key-types";

type Props = { keys: ApiKey[]; usable: KeyChoices; isAdmin: boolean; now: Date; actions: KeyActions };

/** The reader's API keys; those that ended are folded away. */
export function KeyList({ keys, usable, isAdmin, now, actions }: Props) {
  const working = keys.filter(({ state }) => state === "active");
  const ended = keys.filter(({ state }) => state !== "active");
  return (
    <Card aria-label="Your keys">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>API keys</CardTitle>
          <CardDescription>
            For programs that use Hearth as you. Each does what its scopes say, and can be revoked at any time.
          </CardDescription>
        </div>
        <CreateKey make={actions.makeKey} usable={usable} isAdmin={isAdmin} />
      </div>
      {working.length === 0 && <p className="text-sm text-muted-foreground">You have no API keys yet.</p>}
      <Rows keys={working} now={now} actions={actions} />
      {ended.length > 0 && (
        <Disclosure summary={`Revoked and expired (${ended.length})`}>
          <div className="pt-3">
            <Rows keys={ended} now={now} actions={actions} />
          </div>
        </Disclosure>
      )}
    </Card>
  );
}

function Rows({ keys, now, actions }: Pick<Props, "keys" | "now" | "actions">) {
  if (keys.length === 0) return null;
  return (
    <ul className="flex flex-col divide-y divide-border">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} now={now} actions={actions} />
      ))}
    </ul>
  );
}
