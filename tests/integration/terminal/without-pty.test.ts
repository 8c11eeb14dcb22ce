import { expect, test, vi } from "vitest";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { openShell } from "@/lib/terminal/open-shell";
import { terminalState } from "@/lib/terminal/terminal-state";
import { terminalSize, terminalsForTest } from "@/tests/support/terminals";

vi.mock("node-pty", () => {
  throw new Error("Cannot find module 'node-pty'");
});

const terminals = terminalsForTest();

test("where node-pty could not be installed there are no terminals, and asking for one says why", async () => {
  processGlobal("listening", () => ({ port: 3000 }));
  expect(await terminalState()).toBe("no-pty");
  await expect(openShell(terminals.admin().caller, terminalSize)).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining("node-pty"),
  });
  clearProcessGlobal("listening");
});
