"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { ActionResult } from "@/lib/core/action-result";
import type { RouteDecision } from "@/lib/gateway/routing/contract";

export type Trial = (input: { text: string }) => Promise<ActionResult<RouteDecision | null>>;

/** A message to see the decision for. No model is asked. */
export function RoutingTrial({ tryOut }: { tryOut: Trial }) {
  const [said, setSaid] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("trial"));
    setIsBusy(true);
    const result = await tryOut({ text }).catch(() => null);
    setIsBusy(false);
    setSaid(result ? describe(result) : "Hearth cannot be reached. Check the connection and try again.");
  };
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col items-start gap-2">
      <div className="w-full">
        <Field id="trial" label="Try it" hint="Write a message to see which model it would go to. No model is asked.">
          <Textarea id="trial" name="trial" rows={2} required maxLength={100_000} className="max-h-56 text-sm" />
        </Field>
      </div>
      <Button type="submit" disabled={isBusy}>
        Decide
      </Button>
      <p role="status" className="text-sm break-words text-muted-foreground empty:hidden">
        {said}
      </p>
    </form>
  );
}

function describe(result: ActionResult<RouteDecision | null>): string {
  if (!result.ok) return result.problem.detail;
  if (!result.value) return "There is no chat model to choose: no host with one is up.";
  const { why, tookMs, preference } = result.value;
  return `${why}. Decided in ${tookMs} ms, preferring ${preference}.`;
}
