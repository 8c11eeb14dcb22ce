"use client";

import { ErrorNotice } from "@/components/workspace/error-notice";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page of the settings failed; the way to the others stays. */
export default function SettingsError({ error, reset }: Props) {
  return <ErrorNotice what="these settings" error={error} onRetry={reset} />;
}
