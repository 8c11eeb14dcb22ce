import { existsSync } from "node:fs";
import path from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** A Chromium or Chrome installed on this machine. CHROMIUM_PATH names another one. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? "", ...onPath, ...names.map((name) => `/usr/bin/${name}`), ...elsewhere].find(
    (file) => file && existsSync(file),
  );
}

/** Flags that keep the browser to its task; root cannot use Chromium's sandbox. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
