import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Outcome } from "@/components/api/outcome";

/** What a form shows of a problem: the sentence, and the faults of single fields. */
export type FormProblem = { detail: string; fields: Record<string, string> };

/**
 * Runs a server action, or a request to our API, for a form or button: knows whether it is under way and what went wrong, and reloads
 * the page's data when it worked. What has no place to show a `problem` gives `tell`, as `toast.error`.
 */
export function useSubmit<Input, Value>(run: (input: Input) => Promise<Outcome<Value>>, tell?: (detail: string) => void) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  /** Gives whether it worked. */
  const submit = async (input: Input): Promise<boolean> => {
    setIsBusy(true);
    const result = await run(input).catch(() => null);
    const found = result?.ok ? null : toFormProblem(result);
    setProblem(found);
    if (found) tell?.(found.detail);
    else router.refresh();
    setIsBusy(false);
    return result?.ok === true;
  };
  /** For when something else is begun, which the last problem is not about. */
  const forget = () => setProblem(null);
  return { submit, isBusy, problem, forget };
}

function toFormProblem(result: Exclude<Outcome<unknown>, { ok: true }> | null): FormProblem {
  if (!result) return { detail: "Hearth cannot be reached. Check the connection and try again.", fields: {} };
  const { detail, issues = [] } = result.problem;
  return { detail, fields: Object.fromEntries(issues.map(({ path, message }) => [path, message])) };
}
