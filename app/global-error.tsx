"use client";

import { useSyncExternalStore } from "react";
import { documentRequestId } from "@/lib/core/request-metric";
import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

const never = () => () => {};
const button = "inline-flex h-8 items-center rounded-md px-3 text-sm font-medium";

/** The last resort: even the frame of all pages failed, and what it knows with it. Uses nothing that could fail again. */
export default function GlobalError({ error, reset }: Props) {
  const requestId = useSyncExternalStore(never, documentRequestId, () => null);
  const ids = [requestId, error.digest].filter(Boolean);
  return (
    <html lang="en" className="theme-of-system">
      <body>
        <title>Something went wrong · Hearth</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
          <h1 className="text-xl font-semibold">Hearth could not show this page</h1>
          <p className="text-sm text-muted-foreground">Nothing was lost.</p>
          {ids.length > 0 && (
            <p className="text-xs break-words text-muted-foreground">
              Reference: <code className="font-mono">{ids.join(" · ")}</code>
            </p>
          )}
          <p className="flex gap-2">
            <button type="button" onClick={reset} className={`${button} bg-primary text-primary-foreground`}>
              Try again
            </button>
            <a href="/chat" className={`${button} border border-border`}>
              New chat
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
