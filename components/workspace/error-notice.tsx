"use client";

import { CircleAlert } from "lucide-react";
import { ApiError } from "@/components/api/api-error";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/core/class-names";

type Props = { what: string; error: Error & { digest?: string }; reference?: string; onRetry: () => void; compact?: boolean };

/** Says that an area could not be shown, which id to look for in the log, and offers a way on. */
export function ErrorNotice({ what, error, reference, onRetry, compact = false }: Props) {
  const id = (error instanceof ApiError ? error.requestId : error.digest) ?? reference;
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
        {id && (
          <>
            {" "}
            Reference: <code className="font-mono text-xs">{id}</code>
          </>
        )}
      </Banner>
    </div>
  );
}
