"use client";

import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";
import { useSubmit } from "./use-submit";

type Props = {
  account: { name: string; email: string; role: "admin" | "user" };
  save: (input: { name: string }) => Promise<ActionResult<void>>;
};

/** The reader's name, which can be changed, and address, which cannot. */
export function ProfileForm({ account, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const fault = problem && (problem.fields.name ?? problem.detail);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    if (await submit({ name })) toast.success("Your name is saved.");
  };
  return (
    <Card>
      <CardTitle className="flex items-center gap-2">
        Profile
        {account.role === "admin" && <Badge tone="accent">Admin</Badge>}
      </CardTitle>
      <form method="post" className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
        <Field id="name" label="Name" error={fault ?? undefined}>
          <Input
            id="name"
            name="name"
            autoComplete="name"
            defaultValue={account.name}
            required
            maxLength={100}
            aria-invalid={fault !== null}
            aria-describedby={fault ? describedBy("name") : undefined}
          />
        </Field>
        <Field id="email" label="Email" hint="What you sign in with.">
          <Input id="email" value={account.email} readOnly aria-describedby={describedBy("email")} />
        </Field>
        <Button type="submit" disabled={isBusy} className="self-start">
          Save name
        </Button>
      </form>
    </Card>
  );
}
