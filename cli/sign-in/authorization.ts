import { type Authorization, send, unreachable } from "../api/http-api.ts";
import { refusal } from "../api/refusal.ts";
import { CliError } from "../cli-error.ts";
import { type SignIn, type SignIns, toSignIn } from "./sign-ins.ts";

/** A token that ends this soon is renewed before it is used. */
const marginMs = 30_000;
const renewTimeoutMs = 10_000;

/** What a server is asked with: a key from the environment, else the sign-in that is kept for it. */
export function authorization(server: string, signIns: SignIns, environmentKey?: string): Authorization {
  if (environmentKey) return { token: async () => environmentKey, renew: async () => undefined };
  const renew = async (refused: string) => tokenOf(await signIns.update(server, (kept) => renewed(server, kept, refused)));
  return {
    async token() {
      const kept = await signIns.find(server);
      const isEnding = kept?.kind === "session" && kept.expiresAt - Date.now() < marginMs;
      return isEnding ? renew(kept.accessToken) : tokenOf(kept);
    },
    async renew(refused) {
      const fresh = await renew(refused);
      return fresh === refused ? undefined : fresh;
    },
  };
}

/** Under the lock: a token other than the refused one is newer, because another command has renewed it meanwhile. */
async function renewed(server: string, kept: SignIn | undefined, refused: string): Promise<SignIn | undefined> {
  if (kept?.kind !== "session" || kept.accessToken !== refused) return kept;
  const { refreshToken } = kept;
  const signal = AbortSignal.timeout(renewTimeoutMs);
  const asked = { method: "POST", path: "/api/v1/auth/refresh-token", body: { refreshToken }, signal };
  const response = await send(server, asked).catch((error) => {
    throw error instanceof CliError ? error : unreachable(server, error);
  });
  if (response.ok) return toSignIn(await response.json());
  throw await refusal(response, server);
}

function tokenOf(kept: SignIn | undefined): string | undefined {
  return kept?.kind === "key" ? kept.key : kept?.accessToken;
}
