import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ReplicaAsk } from "./replica-process";

const root = path.resolve(import.meta.dirname, "../..");
const imports = ["bin/resolve-alias.ts", "tests/support/import-json.ts"].flatMap((file) => [
  "--import",
  pathToFileURL(path.join(root, file)).href,
]);

/** Starts another process on a database. `ask` gives how many of the tries passed. */
export async function startReplica(databaseUrl: string) {
  const child = fork(path.join(root, "tests/support/replica-process.ts"), {
    cwd: root,
    execArgv: [...imports, "--disable-warning=ExperimentalWarning"],
    env: { ...process.env, DATABASE_URL: databaseUrl, HEARTH_CHAT_PER_MINUTE: "10", HEARTH_LOCAL_MODEL: "off", LOG_LEVEL: "silent" },
  });
  await passed(child);
  return {
    ask(ask: ReplicaAsk): Promise<number> {
      child.send(ask);
      return passed(child);
    },
    async close() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function passed(child: ChildProcess): Promise<number> {
  const [answer] = await Promise.race([once(child, "message"), once(child, "exit").then(() => [{ failure: "the process ended" }])]);
  if (answer.failure !== undefined) throw new Error(`A replica failed: ${answer.failure}`);
  return answer.passed;
}
