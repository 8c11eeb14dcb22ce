import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { LivePage } from "@/components/monitoring/live/live-page";
import { TraceHead } from "@/components/monitoring/traces/trace-head";
import { Waterfall } from "@/components/monitoring/traces/waterfall";
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
  const nowMs = Date.now();
  const trace = await getTrace(caller, traceId).catch((error) => {
    if (error instanceof NotFoundError) notFound();
    throw error;
  });
  const { ownerId, conversationId, spans } = trace;
  const isOwn = ownerId === caller.userId;
  const names = isOwn || ownerId === null ? new Map<string, string>() : await labelGroups("user", [ownerId]);
  const isRunning = spans.some(({ status }) => status === "running");
  const shared = { nowMs, timeZone };
  return (
    <>
      {isRunning && (
        <LivePage follow={{ of: "traces", trace: traceId, since: new Date(nowMs).toISOString() }} minMs={1_000} maxMs={15_000} />
      )}
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
