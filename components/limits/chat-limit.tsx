"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { SettingsFormEnd } from "@/components/settings/settings-form-end";
import { useSubmit } from "@/components/settings/use-submit";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";

type Source = "default" | "environment" | "saved";
type Props = { perMinute: number; source: Source; save: (input: { chatPerMinute: number | null }) => Promise<ActionResult<void>> };

const sources: Record<Source, string> = { default: "Default", environment: "Environment", saved: "Saved" };
const hints: Record<Source, string> = {
  default: "Counted for each user separately. A change takes effect with the next message.",
  environment: "HEARTH_CHAT_PER_MINUTE sets it. Unset the variable to change it here.",
  saved: "Counted for each user separately. A change takes effect with the next message.",
};

/** How many chat messages a user may send in a minute, and where that comes from. */
export function ChatLimit({ perMinute, source, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const change = async (chatPerMinute: number | null) => {
    if (await submit({ chatPerMinute })) toast.success("The chat limit is changed.");
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void change(Number(new FormData(event.currentTarget).get("chatPerMinute")));
  };
  return (
    <Card aria-label="Chat">
      <div>
        <CardTitle className="flex items-center gap-2">
          Chat <Badge>{sources[source]}</Badge>
        </CardTitle>
        <CardDescription>Keeps one person, or a runaway script, from taking all of the models’ time.</CardDescription>
      </div>
      <form method="post" onSubmit={send} className="flex flex-col gap-4">
        <Field id="chatPerMinute" label="Messages a minute" hint={hints[source]} error={problem?.fields.chatPerMinute ?? problem?.detail}>
          <Input
            // A new value from the server replaces what the field shows.
            key={perMinute}
            id="chatPerMinute"
            name="chatPerMinute"
            type="number"
            min={1}
            max={100_000}
            required
            defaultValue={perMinute}
            disabled={source === "environment"}
            aria-invalid={problem !== null}
            aria-describedby={describedBy("chatPerMinute")}
            className="max-w-40"
          />
        </Field>
        {source !== "environment" && (
          <SettingsFormEnd
            isBusy={isBusy}
            saved={source === "saved" ? [`Messages a minute: ${perMinute}`] : []}
            onReset={() => void change(null)}
          />
        )}
      </form>
    </Card>
  );
}
