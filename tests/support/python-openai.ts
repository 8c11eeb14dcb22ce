import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const program = path.resolve(import.meta.dirname, "../fixtures/openai/client.py");

/** Longest wait for the registry. */
const installWithinMs = 120_000;

/**
 * OpenAI's client for Python, installed into a folder of its own, or undefined with a printed reason where Python or the
 * registry is not there. `step` runs one step of the program in tests/fixtures/openai.
 */
export async function pythonOpenai() {
  const folder = await mkdtemp(path.join(tmpdir(), "hearth-python-"));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const args = ["-m", "pip", "install", "--quiet", "--target", folder, "openai>=2,<3"];
    await run("python3", args, { timeout: installWithinMs });
  } catch (error) {
    await close();
    console.warn(`Skipped: OpenAI's client for Python could not be installed (${String(error).split("\n")[0]?.slice(0, 200)}).`);
    return undefined;
  }
  return {
    async step(
      name: string,
      { url, apiKey, model, embedder }: { url: string; apiKey: string; model: string; embedder: string },
    ): Promise<unknown> {
      const environment = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", HOME: folder, PYTHONPATH: folder };
      const { stdout } = await run("python3", [program, url, apiKey, model, embedder, name], { env: environment, timeout: 60_000 });
      return JSON.parse(stdout);
    },
    close,
  };
}
