"use client";

import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { ActionResult } from "@/lib/core/action-result";
import type { RoutingSettings } from "@/lib/gateway/routing/contract";
import type { SourcedRouting } from "./routing-changes";
import { RoutingForm } from "./routing-form";
import { RoutingTrial, type Trial } from "./routing-trial";
import { RoutingVotes, type Votes } from "./routing-votes";

type Props = {
  settings: SourcedRouting;
  /** Chat models by their ids. */
  models: string[];
  votes: Votes;
  actions: { save: (input: RoutingSettings) => Promise<ActionResult<void>>; tryOut: Trial };
};

/** How the model `auto` decides: what it prefers, the rules before that, a trial, and what readers thought of its choices. */
export function RoutingCard({ settings, models, votes, actions }: Props) {
  const { preference, rules } = settings;
  return (
    <Card aria-label="Automatic routing">
      <div>
        <CardTitle>Automatic routing</CardTitle>
        <CardDescription>
          The model Auto takes each message to the model that suits it: by what the message needs, then by quality, cost and speed.
        </CardDescription>
      </div>
      <RoutingForm key={JSON.stringify([preference.value, rules.value])} settings={settings} models={models} save={actions.save} />
      <RoutingTrial tryOut={actions.tryOut} />
      <RoutingVotes votes={votes} />
    </Card>
  );
}
