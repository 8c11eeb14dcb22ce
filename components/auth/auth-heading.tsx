import type { ReactNode } from "react";

/** The name of a page before the workspace, and a sentence about it. */
export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5 text-center">
      <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
      {children && <p className="text-sm text-balance text-muted-foreground">{children}</p>}
    </div>
  );
}
