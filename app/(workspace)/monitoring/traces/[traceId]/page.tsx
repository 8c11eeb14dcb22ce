import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { TraceHead } from "@/components/monitoring/traces/trace-head";
import { Waterfall } from "@/components/monitoring/traces/waterfall";
import { LiveRefresh } from "@/components/workspace/live-refresh";
import { pageCaller } from "@/lib/auth/page-caller";
import { NotFoundError } from "@/lib/core/errors";
import { labelGroups } from "@/lib/monitoring/overview/call-labels";
import { getTrace } from "@/lib/monitoring/spans/get-trace";

export const metadata: Metadata = { title: "Trace" };

type Props = { params: Promise<{ traceId: string }>; searchParams: Promise<{ span?: string | string[] }> };

/** One trace as a waterfall, live while it goes on. */
export default async function TracePage({ params, searchParams }: Props) {
  const caller = await pageCaller();
  const [{ traceId }, { span }, timeZone] = [await params, await searchParams, await readerTimeZone()];
  if (!z.uuid().safeParse(traceId).success) notFound();
  const trace = await getTrace(caller, traceId).catch((error) => {
    if (error instanceof NotFoundError) notFound();
    throw error;
  });
  const { ownerId, conversationId, spans } = trace;
  const isOwn = ownerId === caller.userId;
  const names = isOwn || ownerId === null ? new Map<string, string>() : await labelGroups("user", [ownerId]);
  const shared = { nowMs: Date.now(), timeZone };
  return (
    <>
      {spans.some(({ status }) => status === "running") && <LiveRefresh everyMs={1_000} />}
      <TraceHead
        {...shared}
        trace={trace}
        person={ownerId === null ? "Hearth itself" : (names.get(ownerId) ?? null)}
        chatId={isOwn ? conversationId : null}
      />
      <Waterfall {...shared} spans={spans} chosen={spans.find(({ id }) => id === span)?.id ?? null} />
    </>
  );
}
