import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/page-caller";
import { traceOfMessage } from "@/lib/monitoring/spans/trace-of-message";
import { traceSettings } from "@/lib/monitoring/spans/trace-settings";

export const metadata: Metadata = { title: "Trace" };

type Props = { params: Promise<{ messageId: string }> };

/** Leads from a reply to its trace. */
export default async function TraceOfReplyPage({ params }: Props) {
  const caller = await pageCaller();
  const { messageId } = await params;
  if (!z.uuid().safeParse(messageId).success) notFound();
  const traceId = await traceOfMessage({ messageId, ownerId: caller.userId });
  if (traceId) redirect(`/monitoring/traces/${traceId}`);
  return (
    <p className="rounded-lg border border-border bg-card px-4 py-10 text-center text-sm text-muted-foreground">
      There is no trace of this reply. Traces are kept for {traceSettings().traceKeepDays} days.{" "}
      <Link href="/monitoring/traces" className="text-link underline">
        Look at those that there are
      </Link>
    </p>
  );
}
