/** Signs this browser in through next-auth. Gives null when it worked, else what to tell the person. */
export async function startBrowserSession(email: string, password: string): Promise<string | null> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf", { cache: "no-store" })).json()) as { csrfToken: string };
    const form = new URLSearchParams({ email, password, csrfToken, callbackUrl: "/", json: "true" });
    const response = await fetch("/api/auth/callback/credentials", { method: "POST", body: form });
    return response.ok ? null : describeRefusal(response);
  } catch {
    return "Hearth cannot be reached. Check the connection and try again.";
  }
}

async function describeRefusal(response: Response): Promise<string> {
  if (response.status === 429) return `Too many attempts. Try again in ${response.headers.get("retry-after") ?? "60"} seconds.`;
  const { url } = (await response.json()) as { url?: string };
  const code = url ? new URL(url).searchParams.get("error") : null;
  if (code === "forbidden") return "Your account waits for an admin’s approval. You can sign in once it is given.";
  if (code === "unauthenticated" || code === "CredentialsSignin") return "The email address or the password is wrong.";
  return "Signing in did not work. Try again in a moment.";
}
