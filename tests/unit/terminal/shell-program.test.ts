import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { afterEach, expect, test } from "vitest";
import { writesMarks } from "@/lib/terminal/commands/shell-integration";
import { shellProgram } from "@/lib/terminal/shell-program";
import { withEnvironment } from "@/tests/support/accounts";

const { SHELL } = process.env;
afterEach(() => withEnvironment({ HEARTH_TERMINAL_SHELL: undefined, SHELL }));

test("a terminal runs the setting's shell, else $SHELL, else the account's, else bash or sh", () => {
  withEnvironment({ HEARTH_TERMINAL_SHELL: "/opt/fish", SHELL: "/bin/zsh" });
  expect(shellProgram()).toBe("/opt/fish");
  withEnvironment({ HEARTH_TERMINAL_SHELL: undefined });
  expect(shellProgram()).toBe("/bin/zsh");
  withEnvironment({ SHELL: undefined });
  const own = userInfo().shell;
  const isShell = own && existsSync(own) && !/nologin|false/.test(own);
  expect(shellProgram()).toBe(isShell ? own : existsSync("/bin/bash") ? "/bin/bash" : "/bin/sh");
});

test("bash, zsh and fish tell where commands end, and no other", () => {
  expect(["/bin/bash", "/usr/bin/zsh", "fish", "/bin/sh", "/bin/dash", "nu"].map(writesMarks)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
