import { cookies } from "next/headers";
import { preferenceCookies } from "@/components/workspace/preference-names";

/** The time zone that the reader's device told us, or UTC: a cookie can hold anything. */
export async function readerTimeZone(): Promise<string> {
  const name = (await cookies()).get(preferenceCookies.timeZone)?.value;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name ?? "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
