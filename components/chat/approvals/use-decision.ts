import { useState } from "react";
import { useMessageVerbs } from "../conversation-context";
import type { CallDecision } from "./decide-call";

type Decision = Omit<CallDecision, "toolCallId">;

/** Sends the reader's decision about a call, one at a time; `problem` tells why the last did not arrive. Without a run nothing can be decided yet. */
export function useDecision(runId: string | undefined, toolCallId: string) {
  const { decide } = useMessageVerbs();
  const [isDeciding, setIsDeciding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (decision: Decision) => {
    if (!runId || isDeciding) return;
    setProblem(null);
    setIsDeciding(true);
    setProblem(await decide(runId, { ...decision, toolCallId }));
    setIsDeciding(false);
  };
  return { send: (decision: Decision) => void send(decision), problem, isDeciding, canDecide: runId !== undefined && !isDeciding };
}
