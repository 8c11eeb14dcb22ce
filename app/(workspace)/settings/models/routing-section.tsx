import { RoutingCard } from "@/components/settings/routing-card";
import { gatewaySettingSources, gatewaySettings } from "@/lib/gateway/gateway-settings";
import { listModels } from "@/lib/gateway/list-models";
import { routeVotes } from "@/lib/gateway/routing/route-votes";
import { saveRouting, tryRouting } from "./routing-actions";

/** What `auto` prefers, the rules of this deployment, and what readers thought of its choices. */
export async function RoutingSection() {
  const [models, votes] = await Promise.all([listModels(), routeVotes()]);
  const { routePreference, routeRules } = gatewaySettings();
  const sources = gatewaySettingSources();
  const settings = {
    preference: { value: routePreference, source: sources.routePreference },
    rules: { value: routeRules, source: sources.routeRules },
  };
  const chatModels = models.filter(({ capabilities }) => !capabilities.embedding).map(({ id }) => id);
  return <RoutingCard settings={settings} models={chatModels} votes={votes} actions={{ save: saveRouting, tryOut: tryRouting }} />;
}
