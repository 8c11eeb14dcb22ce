"use client";

import { CloudOff } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { EmbeddedNotice } from "./embedded-notice";
import { chatModels, describeReason, describeSince, downHosts, healthOf, isUsable } from "./model-facts";
import { useModels } from "./models-context";
import { useIsHydrated } from "./use-is-hydrated";

/** Says what stands in the way of a reply: no model yet, or that the chosen one's host does not answer. */
export function ModelNotice({ modelId }: { modelId: string | null }) {
  const { models } = useModels();
  if (chatModels(models).length === 0) return <EmbeddedNotice />;
  const model = models.find(({ id }) => id === modelId);
  if (!model) return modelId ? <MissingModel modelId={modelId} /> : null;
  return healthOf(model) === "down" ? (
    <HostDown hostNames={model.upstreams.map((host) => host.name)} canSwitch={chatModels(models).some(isUsable)} />
  ) : null;
}

function MissingModel({ modelId }: { modelId: string }) {
  return (
    <Banner tone="warning" icon={CloudOff} role="status" title={`${modelId} is not available`}>
      Its host no longer offers it, or does not answer. Pick another model to go on with this chat.
    </Banner>
  );
}

function HostDown({ hostNames, canSwitch }: { hostNames: string[]; canSwitch: boolean }) {
  const { hosts } = useModels();
  const isHydrated = useIsHydrated();
  const down = downHosts(hosts).filter((host) => hostNames.includes(host.name));
  const name = hostNames.join(" and ") || "The model's host";
  return (
    <Banner tone="warning" icon={CloudOff} role="status" title={`${name} does not answer`}>
      {down.map(({ name: host, since, error }) => (
        <p key={host}>
          {/* The time is the reader's own, which the server does not know: its line is kept free, so that nothing moves. */}
          {since && <span className="block min-h-5">{isHydrated && `Down ${describeSince(since, new Date())}.`}</span>}
          {error && describeReason(error)}
        </p>
      ))}
      {canSwitch ? "Other models still work: pick one below. " : ""}You can read, search and rename everything meanwhile.
    </Banner>
  );
}
