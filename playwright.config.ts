import { defineConfig } from "@playwright/test";
import { chromiumArgs, findChromium } from "./tests/support/chromium";

/** Browser tests: Chromium only, against a built Hearth that each test file starts for itself. */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/build-once.ts",
  fullyParallel: false,
  // Each has a Hearth of its own, and waits for it more than it computes.
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findChromium(), args: chromiumArgs },
    trace: "off",
    screenshot: "off",
    video: "off",
    locale: "en-GB",
  },
});
