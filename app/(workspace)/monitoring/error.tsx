"use client";

import { ErrorNotice } from "@/components/workspace/error-notice";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page of the monitoring failed; the way to the others stays. */
export default function MonitoringError({ error, reset }: Props) {
  return <ErrorNotice what="this page of the monitoring" error={error} onRetry={reset} />;
}
