import { type ApiClient, signUp } from "../tests/support/api-client.ts";
import { type Hearth, startHearth } from "../tests/support/hearth.ts";
import { startModelHost } from "./support/processes.ts";

/** What several figures share: one Hearth, one model host in another process, one account. */
export type Bench = { hearth: Hearth; host: { url: string }; client: ApiClient; account: { email: string; password: string } };

/** Starts it, runs `measure`, and ends it. */
export async function withBench<T>(measure: (bench: Bench) => Promise<T>): Promise<T> {
  const host = await startModelHost();
  const hearth = await startHearth({ env: { OLLAMA_BASE_URL: host.url, HEARTH_CHAT_PER_MINUTE: "100000" } });
  try {
    const client = await signUp(hearth.url);
    return await measure({ hearth, host, client, account: { email: "admin@example.org", password: "correct horse battery" } });
  } finally {
    await hearth.close();
    host.stop();
  }
}
