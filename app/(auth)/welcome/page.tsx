import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountForm } from "@/components/auth/account-form";
import { AuthHeading } from "@/components/auth/auth-heading";
import { FirstModel } from "@/components/auth/first-model";
import { accountsExist } from "@/lib/auth/accounts-exist";
import { passwordLength } from "@/lib/auth/contract";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { chooseFirstModel, makeAccount, retryFirstModel } from "../actions";

export const metadata: Metadata = { title: "Welcome" };

/** The first run: the admin's account, and below it the model that will answer. */
export default async function WelcomePage() {
  if (await accountsExist()) redirect("/");
  return (
    <>
      <AuthHeading title="Welcome to Hearth">
        Your own AI workspace, running on this machine. Make the first account: it will be the admin’s.
      </AuthHeading>
      <AccountForm makeAccount={makeAccount} passwordLength={passwordLength} submit="Create account and start" />
      <FirstModel embedded={embeddedState()} choose={chooseFirstModel} retry={retryFirstModel} />
    </>
  );
}
