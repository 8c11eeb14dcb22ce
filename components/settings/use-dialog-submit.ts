import { useRef } from "react";
import { toast } from "sonner";
import type { Outcome } from "@/components/api/outcome";
import { useSubmit } from "./use-submit";

/**
 * `useSubmit` for a form in a dialog, which takes `formRef` as its ref: a failure that comes when the dialog has been closed
 * has no place there, and is told by a toast.
 */
export function useDialogSubmit<Input, Value>(run: (input: Input) => Promise<Outcome<Value>>) {
  const formRef = useRef<HTMLFormElement>(null);
  const submitted = useSubmit(run, (detail) => {
    if (!formRef.current) toast.error(detail);
  });
  return { ...submitted, formRef };
}
