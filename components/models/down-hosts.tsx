"use client";

import { describeReason, describeSince, downHosts } from "./model-facts";
import { useModels } from "./models-context";

/** The model hosts that do not answer: which, since when, and why. Rendered in the browser only, in the reader's time. */
export function DownHosts() {
  const { hosts } = useModels();
  const down = downHosts(hosts);
  if (down.length === 0) return null;
  return (
    <section aria-label="Model hosts that do not answer" className="shrink-0 border-t border-border bg-muted px-3.5 py-2.5 text-xs">
      {down.map((host) => (
        <p key={host.name} className="break-words">
          <span className="font-medium text-destructive">{host.name} does not answer</span> {describeSince(host.since, new Date())}
          {host.error && <span className="block text-muted-foreground">{describeReason(host.error)}</span>}
        </p>
      ))}
    </section>
  );
}
