import Link from "next/link";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ApiKey } from "@/lib/auth/keys/contract";
import { KeyRow } from "./key-row";
import type { KeyActions, ShareCache } from "./key-types";
import { ShareCacheSwitch } from "./share-cache-switch";

type Actions = Pick<KeyActions, "changeKey" | "endKey"> & { shareCache: ShareCache };
type Props = { keys: ApiKey[]; olderHref: string | null; now: Date; actions: Actions };

/** Everybody's keys, for admins: whose each is, what can be done with it, and whether it shares its cache. */
export function AllKeys({ keys, olderHref, now, actions }: Props) {
  return (
    <Card aria-label="Everybody’s keys">
      <div>
        <CardTitle>Everybody’s keys</CardTitle>
        <CardDescription>
          Keys that share their cache are given each other’s kept answers. Turn that on only for programs that may see what the others ask.
        </CardDescription>
      </div>
      {keys.length === 0 && <p className="text-sm text-muted-foreground">Nobody has a key yet.</p>}
      <ul className="flex flex-col divide-y divide-border empty:hidden">
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} now={now} actions={actions} showsOwner>
            <ShareCacheSwitch id={key.id} name={key.name} isOn={key.sharesCache} share={actions.shareCache} />
          </KeyRow>
        ))}
      </ul>
      {olderHref && (
        <Link href={olderHref} className="self-start text-sm text-link underline-offset-4 hover:underline">
          Older keys
        </Link>
      )}
    </Card>
  );
}
