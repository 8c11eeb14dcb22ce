import type { Metadata } from "next";
import { EmbeddedModel } from "@/components/settings/embedded-model";
import { ModelHosts } from "@/components/settings/model-hosts";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { upstreamStates } from "@/lib/gateway/upstream-states";
import { addHost, changeHost, removeHost, testHost } from "./actions";

export const metadata: Metadata = { title: "Models" };

/** Where replies come from: the model on this machine, and the hosts elsewhere. */
export default async function ModelsPage() {
  await adminPageCaller();
  const hosts = (await upstreamStates()).filter((host) => host.kind !== "embedded");
  return (
    <>
      <EmbeddedModel />
      <ModelHosts hosts={hosts} actions={{ addHost, changeHost, removeHost, testHost }} />
    </>
  );
}
