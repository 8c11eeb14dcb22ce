"use client";

import { CircleAlert } from "lucide-react";
import type { FormEvent } from "react";
import { toast } from "sonner";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";
import { useSubmit } from "./use-submit";

type Props = {
  email: string;
  passwordLength: { min: number; max: number };
  save: (input: { current: string; next: string }) => Promise<ActionResult<void>>;
};

/** A new password, for who knows the present one. */
export function PasswordForm({ email, passwordLength, save }: Props) {
  const { submit, isBusy, problem } = useSubmit(save);
  const faults = problem?.fields ?? {};
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    if (!(await submit({ current: String(form.get("current")), next: String(form.get("next")) }))) return;
    element.reset();
    toast.success("Your password is changed. Other devices are signed out.");
  };
  return (
    <Card>
      <div>
        <CardTitle>Password</CardTitle>
        <CardDescription>A new password signs you out on every other device.</CardDescription>
      </div>
      <form method="post" className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
        {/* Tells password managers which account this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field id="current" label="Current password" error={faults.current}>
          <Input
            id="current"
            name="current"
            type="password"
            autoComplete="current-password"
            required
            aria-invalid={faults.current !== undefined}
            aria-describedby={faults.current ? describedBy("current") : undefined}
          />
        </Field>
        <Field id="next" label="New password" hint={`At least ${passwordLength.min} characters.`} error={faults.next}>
          <Input
            id="next"
            name="next"
            type="password"
            autoComplete="new-password"
            required
            minLength={passwordLength.min}
            maxLength={passwordLength.max}
            aria-invalid={faults.next !== undefined}
            aria-describedby={describedBy("next")}
          />
        </Field>
        {problem && Object.keys(faults).length === 0 && (
          <Banner tone="danger" icon={CircleAlert} role="alert">
            {problem.detail}
          </Banner>
        )}
        <Button type="submit" disabled={isBusy} className="self-start">
          Change password
        </Button>
      </form>
    </Card>
  );
}
