import type { WorkspaceData } from "@/components/workspace/workspace-context";
import { env } from "@/lib/core/env";
import { defaultModelId } from "@/lib/gateway/default-model";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { listModels } from "@/lib/gateway/list-models";
import { modelsFor } from "@/lib/gateway/policy/models-for";
import { withAuto } from "@/lib/gateway/routing/auto-model";
import { upstreamStates } from "@/lib/gateway/upstream-states";
import type { Caller } from "@/lib/http/caller";

/** What every page of the workspace shows or needs: the reader, the models, the hosts. */
export async function loadWorkspace(caller: Caller, preferredModelId: string | null): Promise<WorkspaceData> {
  const [models, hosts, fallbackModelId] = await Promise.all([
    listModels().then(async (all) => withAuto(await modelsFor(all, caller))),
    upstreamStates(),
    defaultModelId(caller),
  ]);
  return {
    user: { id: caller.userId, name: caller.name, email: caller.email, role: caller.role },
    maxMessageChars: env().HEARTH_MAX_MESSAGE_CHARS,
    models,
    hosts: hosts
      .filter((host) => host.enabled && host.expected)
      .map(({ name, state, since, error }) => ({ name, state, since: since?.toISOString() ?? null, error })),
    defaultModelId: fallbackModelId,
    embedded: embeddedState(),
    preferredModelId,
  };
}
