import type { Metadata } from "next";
import { ModelList } from "@/components/model-settings/model-list";
import { EmbeddedModel } from "@/components/settings/embedded-model";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { listModelRows, pullTargets } from "@/lib/gateway/models/list-model-rows";
import { ollamaLibrary } from "@/lib/gateway/ollama/library";
import { listPulls } from "@/lib/gateway/ollama/pulls";
import { pullModel, saveModel, stopPull } from "./actions";
import { CacheSection } from "./cache-section";
import { RoutingSection } from "./routing-section";

export const metadata: Metadata = { title: "Models" };

/** What can answer: the model on this machine, and every model of the hosts with what is set for it. */
export default async function ModelsPage() {
  await adminPageCaller();
  const [rows, targets] = await Promise.all([listModelRows(), pullTargets()]);
  return (
    <>
      <EmbeddedModel />
      <ModelList
        rows={rows}
        pulling={{ targets, library: ollamaLibrary, initial: listPulls() }}
        actions={{ saveModel, pullModel, stopPull }}
      />
      <RoutingSection />
      <CacheSection />
    </>
  );
}
