"use client";

import { toast } from "sonner";
import { useSubmit } from "@/components/settings/use-submit";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/core/action-result";

type Props = { id: string; name: string; test: (input: { id: string }) => Promise<ActionResult<{ error: string | null }>> };

/** Sends a test and says what came of it. */
export function TestChannel({ id, name, test }: Props) {
  const { submit, isBusy } = useSubmit(async (input: { id: string }) => {
    const result = await test(input);
    if (result.ok && result.value.error) toast.error(`${name} did not take the test. ${result.value.error}`);
    else if (result.ok) toast.success(`${name} took the test.`);
    return result;
  }, toast.error);
  return (
    <Button size="sm" aria-label={`Test ${name}`} disabled={isBusy} onClick={() => void submit({ id })}>
      Test
    </Button>
  );
}
