import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AccountForm } from "@/components/auth/account-form";
import { AuthHeading } from "@/components/auth/auth-heading";
import { accountsExist } from "@/lib/auth/accounts-exist";
import { passwordLength } from "@/lib/auth/contract";
import { env } from "@/lib/core/env";
import { makeAccount } from "../actions";

export const metadata: Metadata = { title: "Register" };

const explanations = {
  open: "You can start at once.",
  approval: "An admin will look at it before you can sign in.",
  closed: "Registration is closed here. Ask an admin for an account.",
};

/** An account for a later visitor, as the sign-up policy allows. */
export default async function RegisterPage() {
  if (!(await accountsExist())) redirect("/welcome");
  const policy = env().HEARTH_SIGNUP;
  return (
    <>
      <AuthHeading title="Make an account">{explanations[policy]}</AuthHeading>
      {policy !== "closed" && <AccountForm makeAccount={makeAccount} passwordLength={passwordLength} submit="Register" />}
      <p className="text-center text-sm text-muted-foreground">
        Have an account?{" "}
        <Link href="/sign-in" className="text-link underline underline-offset-4">
          Sign in
        </Link>
      </p>
    </>
  );
}
