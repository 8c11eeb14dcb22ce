"use client";

import { CircleAlert } from "lucide-react";
import { ApiError } from "@/components/api/api-error";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/core/class-names";
import { usePageRequestId } from "./page-request";

type Props = { what: string; error: Error & { digest?: string }; reference?: string; onRetry: () => void; compact?: boolean };

/**
 * Says that an area could not be shown, which ids to look for in the log, and offers a way on: the request's, and
 * where there are any the digest of the server's error and the run's or chat's.
 */
export function ErrorNotice({ what, error, reference, onRetry, compact = false }: Props) {
  const pageRequestId = usePageRequestId();
  const requestId = error instanceof ApiError ? error.requestId : pageRequestId;
  const ids = [...new Set([requestId, error.digest, reference].filter(Boolean))];
  return (
    <div className={cn(!compact && "mx-auto w-full max-w-xl p-6")}>
      <Banner
        tone="danger"
        icon={CircleAlert}
        role="alert"
        title={`There was a problem showing ${what}.`}
        actions={
          <>
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
            {!compact && (
              <Button size="sm" variant="ghost" asChild>
                <a href="/chat">New chat</a>
              </Button>
            )}
          </>
        }
      >
        {error instanceof ApiError ? error.message : "Everything else still works, and nothing was lost."}
        {ids.length > 0 && (
          <span className="mt-1 block text-xs break-words">
            Reference: <code className="font-mono">{ids.join(" · ")}</code>
          </span>
        )}
      </Banner>
    </div>
  );
}
