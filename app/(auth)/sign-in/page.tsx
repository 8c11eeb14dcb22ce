import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/auth/auth-heading";
import { SignInForm } from "@/components/auth/sign-in-form";
import { accountsExist } from "@/lib/auth/accounts-exist";
import { signedInCallerOf } from "@/lib/auth/caller";
import { localPath } from "@/lib/auth/next-path";
import { env } from "@/lib/core/env";
import { connectionOf } from "@/lib/http/connection";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

/** Sign-in with email and password; then back to the page that was asked for. */
export default async function SignInPage({ searchParams }: Props) {
  if (!(await accountsExist())) redirect("/welcome");
  const sent = await headers();
  const next = localPath([(await searchParams).next].flat()[0], connectionOf(sent).origin);
  if (await signedInCallerOf(sent)) redirect(next);
  return (
    <>
      <AuthHeading title="Sign in to Hearth" />
      <SignInForm next={next} />
      {env().HEARTH_SIGNUP !== "closed" && (
        <p className="text-center text-sm text-muted-foreground">
          No account yet?{" "}
          <Link href="/register" className="text-link underline underline-offset-4">
            Register
          </Link>
        </p>
      )}
    </>
  );
}
