"use client";

import dynamic from "next/dynamic";
import { PageHeader } from "@/components/workspace/page-header";

/** The console's code is for this page alone, and nothing of it can be drawn on the server. */
const ConsoleView = dynamic(() => import("./console-view").then((module) => module.ConsoleView), {
  ssr: false,
  loading: () => (
    <>
      <PageHeader title="Terminal" />
      <p role="status" className="m-auto text-sm text-muted-foreground">
        Loading the console…
      </p>
    </>
  ),
});

/** Fetches the console and shows it. */
export function ConsoleLoader(props: { hasShells: boolean }) {
  return <ConsoleView {...props} />;
}
