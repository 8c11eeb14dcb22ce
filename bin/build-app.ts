import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sourcesHash } from "./sources-hash.ts";

const hashFile = (root: string) => path.join(root, ".next", "hearth-sources");

/** Whether `.next` was built from exactly the present sources. */
export function isBuilt(root: string): boolean {
  return existsSync(hashFile(root)) && readFileSync(hashFile(root), "utf8") === sourcesHash(root);
}

/**
 * Runs `next build` and notes beside it which sources it was made from.
 * @throws Error with the build's last lines when it fails
 */
export async function buildApp(root: string): Promise<void> {
  // Taken before the build: a file that changes meanwhile makes the build out of date.
  const hash = sourcesHash(root);
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [next, "build"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`The build failed:\n${output.split("\n").slice(-40).join("\n")}`);
  writeFileSync(hashFile(root), hash);
}
