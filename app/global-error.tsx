"use client";

import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** The last resort: even the frame of all pages failed. Uses nothing that could fail again. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Hearth</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
          <h1 className="text-xl font-semibold">Hearth could not show this page</h1>
          <p className="text-sm text-muted-foreground">
            Nothing was lost. {error.digest && `The log has the details under ${error.digest}.`}
          </p>
          <button type="button" onClick={reset} className="h-8 rounded-md bg-primary px-3 text-sm font-medium text-primary-foreground">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
