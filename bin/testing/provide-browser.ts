import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findChromium } from "../../tests/support/chromium.ts";
import { runStep } from "../run-step.ts";
import { canInstall, installPackage } from "./install-packages.ts";

/**
 * Sees to it that there is a Chromium for the browser tests, installing one where that is possible.
 * @returns null when there is, else what to do about it
 */
export async function provideBrowser(): Promise<string | null> {
  const present = () => findChromium() !== undefined || existsSync(chromium.executablePath());
  if (present()) return null;
  if (canInstall() && (await installPackage("chromium")) && present()) return null;
  console.log("Installing Chromium with Playwright …");
  const { ok } = await runStep("npx", ["playwright", "install", "chromium"], { timeoutMs: 240_000 });
  if (ok && present()) return null;
  return "There is no Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome, and run npm test again.";
}
