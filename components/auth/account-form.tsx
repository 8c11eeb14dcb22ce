"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";
import { startBrowserSession } from "./start-browser-session";

type NewAccount = { name: string; email: string; password: string };
type Role = "admin" | "user" | "pending";
type Props = {
  makeAccount: (account: NewAccount) => Promise<ActionResult<{ role: Role }>>;
  passwordLength: { min: number; max: number };
  submit: string;
};
type Faults = { name?: string; email?: string; password?: string; form?: string };

/** Name, email and password of a new account; then a new chat, or the news that an admin must approve. */
export function AccountForm({ makeAccount, passwordLength, submit }: Props) {
  const [state, setState] = useState<{ isBusy: boolean; isWaiting: boolean; faults: Faults }>({
    isBusy: false,
    isWaiting: false,
    faults: {},
  });
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const account = { name: String(form.get("name")), email: String(form.get("email")), password: String(form.get("password")) };
    setState({ isBusy: true, isWaiting: false, faults: {} });
    const outcome = await register(account, makeAccount);
    if (outcome === "signed-in") window.location.assign("/chat");
    else setState({ isBusy: false, isWaiting: outcome === "waiting", faults: outcome === "waiting" ? {} : outcome });
  };
  if (state.isWaiting) {
    return (
      <Banner tone="success" icon={CircleCheck} role="status" title="Your account is made">
        It waits for an admin’s approval. Sign in once you have heard from them.
      </Banner>
    );
  }
  return (
    <Card>
      {/* `post` keeps the password out of the address when the form is sent before the script is there. */}
      <form method="post" className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
        <AccountFields faults={state.faults} passwordLength={passwordLength} />
        {state.faults.form && (
          <Banner tone="danger" icon={CircleAlert} role="alert">
            {state.faults.form}
          </Banner>
        )}
        <Button type="submit" variant="primary" size="lg" disabled={state.isBusy}>
          {state.isBusy ? "One moment…" : submit}
        </Button>
      </form>
    </Card>
  );
}

function AccountFields({ faults, passwordLength }: { faults: Faults; passwordLength: Props["passwordLength"] }) {
  const about = (id: keyof Faults) => ({
    "aria-invalid": faults[id] !== undefined,
    "aria-describedby": faults[id] ? describedBy(id) : undefined,
  });
  return (
    <>
      <Field id="name" label="Name" error={faults.name}>
        <Input id="name" name="name" autoComplete="name" required maxLength={100} autoFocus {...about("name")} />
      </Field>
      <Field id="email" label="Email" error={faults.email}>
        <Input id="email" name="email" type="email" autoComplete="username" required maxLength={254} {...about("email")} />
      </Field>
      <Field
        id="password"
        label="Password"
        hint={`At least ${passwordLength.min} characters; a short sentence is good.`}
        error={faults.password}
      >
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={passwordLength.min}
          maxLength={passwordLength.max}
          {...about("password")}
          aria-describedby={describedBy("password")}
        />
      </Field>
    </>
  );
}

async function register(account: NewAccount, makeAccount: Props["makeAccount"]): Promise<"signed-in" | "waiting" | Faults> {
  const made = await makeAccount(account).catch(() => null);
  if (!made) return { form: "Hearth cannot be reached. Check the connection and try again." };
  if (!made.ok) return faultsOf(made.problem);
  if (made.value.role === "pending") return "waiting";
  const refused = await startBrowserSession(account.email, account.password);
  return refused ? { form: refused } : "signed-in";
}

function faultsOf({ detail, issues = [] }: { detail: string; issues?: { path: string; message: string }[] }): Faults {
  const byField = Object.fromEntries(issues.map(({ path, message }) => [path, message])) as Faults;
  return issues.length > 0 ? byField : { form: detail };
}
