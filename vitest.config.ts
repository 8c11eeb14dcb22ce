import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        // Most of these wait for sockets and timers more than they compute.
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: "tests/support/database-template.ts",
          setupFiles: "tests/support/end-of-file.ts",
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        // Each file starts whole Hearths, which are waited for more than they compute.
        test: {
          name: "deployment",
          include: ["tests/deployment/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: "tests/support/build-once.ts",
          pool: "forks",
          maxWorkers: 2,
        },
      },
    ],
  },
});
