import type { Metadata } from "next";
import { TraceSettings } from "@/components/settings/trace-settings";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { env } from "@/lib/core/env";
import { sourcedTraceSettings } from "@/lib/monitoring/spans/trace-settings";
import { saveTraces } from "./actions";

export const metadata: Metadata = { title: "Monitoring" };

/** What is recorded of runs and calls, and for how long. */
export default async function MonitoringSettingsPage() {
  await adminPageCaller();
  return <TraceSettings settings={sourcedTraceSettings()} isOn={env().HEARTH_TRACES === "on"} save={saveTraces} />;
}
