import type { Metadata } from "next";
import { ModelHosts } from "@/components/hosts/model-hosts";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { listUpstreams } from "@/lib/gateway/hosts/list-upstreams";
import { addHost, changeHost, closeBreaker, removeHost } from "./actions";

export const metadata: Metadata = { title: "Hosts" };

/** Where models are asked: how each host is, and what can be done with it. */
export default async function HostsPage() {
  await adminPageCaller();
  const hosts = (await listUpstreams()).filter(({ kind, expected, enabled }) => kind !== "embedded" || (expected && enabled));
  return <ModelHosts hosts={hosts} now={new Date()} actions={{ addHost, changeHost, removeHost, closeBreaker }} />;
}
