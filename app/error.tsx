"use client";

import { ErrorNotice } from "@/components/workspace/error-notice";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page outside the workspace failed, or the workspace's frame itself. */
export default function RootError({ error, reset }: Props) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <ErrorNotice what="this page" error={error} onRetry={reset} />
    </main>
  );
}
