"use client";

import { ErrorNotice } from "@/components/workspace/error-notice";
import { PageHeader } from "@/components/workspace/page-header";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page of the workspace failed; the sidebar stays. */
export default function WorkspaceError({ error, reset }: Props) {
  return (
    <>
      <PageHeader title="Something went wrong" />
      <ErrorNotice what="this page" error={error} onRetry={reset} />
    </>
  );
}
