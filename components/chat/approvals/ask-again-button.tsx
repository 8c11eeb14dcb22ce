"use client";

import { useState } from "react";
import { api } from "@/components/api/api";
import { failureText } from "@/components/api/api-error";
import { Button } from "@/components/ui/button";
import type { forgetAllowance } from "@/lib/chat/contract";

type State = { kind: "allowed" | "sending" | "asks" } | { kind: "failed"; problem: string };

/** Takes back that a call like this one is always allowed in its chat. */
export function AskAgainButton({ runId, toolCallId }: { runId: string; toolCallId: string }) {
  const [state, setState] = useState<State>({ kind: "allowed" });
  const takeBack = async () => {
    setState({ kind: "sending" });
    try {
      await api<typeof forgetAllowance>("DELETE", `/api/v1/runs/${runId}/approvals`, { query: { toolCallId } });
      setState({ kind: "asks" });
    } catch (error) {
      setState({ kind: "failed", problem: failureText(error) });
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state.kind !== "asks" && (
        <Button size="sm" disabled={state.kind === "sending"} onClick={() => void takeBack()}>
          Ask again from now on
        </Button>
      )}
      <span role="status" className="text-xs text-muted-foreground">
        {state.kind === "asks" && "The next call like this one asks again."}
        {state.kind === "failed" && `It is still allowed. ${state.problem}`}
      </span>
    </div>
  );
}
