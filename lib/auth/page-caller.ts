import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { SignedInCaller } from "@/lib/http/caller";
import { accountsExist } from "./accounts-exist";
import { signedInCallerOf } from "./caller";

/** The request header in which the proxy hands pages their own path and query. */
export const pathHeader = "x-hearth-path";

/** Who looks at this page. Sends nobody to sign in and come back, or to the first run when there are no accounts. */
export async function pageCaller(): Promise<SignedInCaller> {
  const sent = await headers();
  const caller = await signedInCallerOf(sent);
  if (caller) return caller;
  if (!(await accountsExist())) redirect("/welcome");
  redirect(`/sign-in?next=${encodeURIComponent(sent.get(pathHeader) ?? "/")}`);
}

/** The admin who looks at this page; for anyone else the page does not exist. */
export async function adminPageCaller(): Promise<SignedInCaller> {
  const caller = await pageCaller();
  if (caller.role !== "admin") notFound();
  return caller;
}
