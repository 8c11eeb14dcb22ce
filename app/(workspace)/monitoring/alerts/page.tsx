import type { Metadata } from "next";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { ActiveAlerts } from "@/components/monitoring/alerts/active-alerts";
import { AlertChannels } from "@/components/monitoring/alerts/alert-channels";
import { AlertHistory } from "@/components/monitoring/alerts/alert-history";
import { AlertRules } from "@/components/monitoring/alerts/alert-rules";
import { AlertSilences } from "@/components/monitoring/alerts/alert-silences";
import { SilenceDialog } from "@/components/monitoring/alerts/silence-dialog";
import { LivePage } from "@/components/monitoring/live/live-page";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { alertsPage } from "@/lib/monitoring/alerts/list-alerts";
import { acknowledge, addChannel, dropChannel, dropRule, dropSilence, saveRule, silence, testChannel } from "./actions";

export const metadata: Metadata = { title: "Alerts" };

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };

/** What fires, what fired, and the rules and webhooks of it. Live. For admins. */
export default async function MonitoringAlertsPage({ searchParams }: Props) {
  await adminPageCaller();
  const [{ cursor }, timeZone] = [await searchParams, await readerTimeZone()];
  const madeAt = new Date().toISOString();
  const given = typeof cursor === "string" ? cursor : undefined;
  const { active, history, rules, silences, channels, canMail } = await alertsPage({ cursor: given });
  const path = "/monitoring/alerts";
  return (
    <>
      <LivePage follow={{ of: "alerts", since: madeAt }} minMs={1_000} maxMs={30_000} />
      <ActiveAlerts alerts={active} timeZone={timeZone} acknowledge={acknowledge} />
      <AlertSilences silences={silences} timeZone={timeZone} drop={dropSilence} />
      <AlertRules rules={rules} save={saveRule} silence={silence} drop={dropRule} />
      <div className="flex justify-end">
        <SilenceDialog rule={null} silence={silence} />
      </div>
      <AlertChannels channels={channels} canMail={canMail} add={addChannel} test={testChannel} drop={dropChannel} />
      <AlertHistory path={path} history={history} isOlder={given !== undefined} timeZone={timeZone} />
    </>
  );
}
