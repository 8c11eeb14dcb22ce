import { existsSync } from "node:fs";
import { runStep } from "../run-step.ts";

/** Whether this process may install Debian packages. */
export const canInstall = () => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/** Installs a Debian package. @returns whether that worked */
export async function installPackage(name: string): Promise<boolean> {
  console.log(`Installing ${name} with apt-get …`);
  process.env.DEBIAN_FRONTEND = "noninteractive";
  const update = await runStep("apt-get", ["update", "-q"], { timeoutMs: 120_000 });
  const install = update.ok && (await runStep("apt-get", ["install", "-y", "-q", "--no-install-recommends", name], { timeoutMs: 300_000 }));
  return install !== false && install.ok;
}
