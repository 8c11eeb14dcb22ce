import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { CliError } from "../cli-error.ts";
import { withLock } from "./lock-file.ts";
import type { SignIn, SignIns } from "./sign-ins.ts";

type Kept = { lastServer?: string; signIns: Record<string, SignIn> };

/** Sign-ins in a file that only its owner may read (mode 600), in a folder of mode 700. */
export function signInFile(file: string): SignIns {
  const read = () => readKept(file);
  return {
    lastServer: async () => (await read()).lastServer,
    find: async (server) => (await read()).signIns[server],
    async update(server, change) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      return withLock(`${file}.lock`, async () => {
        const kept = await read();
        const before = kept.signIns[server];
        const signIn = await change(before);
        if (signIn === before) return signIn;
        const { [server]: _, ...others } = kept.signIns;
        if (signIn) await write(file, { lastServer: server, signIns: { ...others, [server]: signIn } });
        else await write(file, { lastServer: Object.keys(others).at(-1), signIns: others });
        return signIn;
      });
    },
  };
}

async function readKept(file: string): Promise<Kept> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new CliError("failure", `${file} cannot be read (${error.code}). Correct its owner and mode, or remove it and sign in again.`);
  });
  if (text === undefined) return { signIns: {} };
  try {
    const kept = JSON.parse(text) as Kept;
    if (typeof kept.signIns === "object" && kept.signIns !== null) return kept;
  } catch {
    // Told below, as any other content that is not ours.
  }
  throw new CliError("failure", `${file} is not what \`hearth login\` writes. Remove it and sign in again.`);
}

/** Writes beside the file and renames, so that a reader never sees half of it. */
async function write(file: string, kept: Kept): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, file);
}
