"use client";

import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { startBrowserSession } from "./start-browser-session";

/** Email and password; on success goes to `next`, a path of ours. */
export function SignInForm({ next }: { next: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { currentTarget } = event;
    const form = new FormData(currentTarget);
    setIsBusy(true);
    const refused = await startBrowserSession(String(form.get("email")), String(form.get("password")));
    if (!refused) return window.location.assign(next);
    setRefusal(refused);
    setIsBusy(false);
    currentTarget.querySelector<HTMLInputElement>("#password")?.select();
  };
  return (
    <Card>
      {/* `post` keeps the password out of the address when the form is sent before the script is there. */}
      <form method="post" className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <Field id="email" label="Email">
          <Input id="email" name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field id="password" label="Password">
          <Input id="password" name="password" type="password" autoComplete="current-password" required />
        </Field>
        {refusal && (
          <Banner tone="danger" icon={CircleAlert} role="alert">
            {refusal}
          </Banner>
        )}
        <Button type="submit" variant="primary" size="lg" disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </Card>
  );
}
