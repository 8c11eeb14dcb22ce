import type { ReactNode } from "react";

/** The frame of the pages before the workspace: one narrow column. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sidebar px-4 py-10 sm:justify-center">
      <div className="flex w-full max-w-md flex-col gap-6">{children}</div>
    </main>
  );
}
