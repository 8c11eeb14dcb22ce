import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { getShell } from "@/lib/terminal/shells";
import { withEnvironment } from "@/tests/support/accounts";
import { eventually } from "@/tests/support/api-client";
import { terminalEnvironment, terminalsForTest } from "@/tests/support/terminals";

const terminals = terminalsForTest();
const patienceMs = 20_000;

/** A shell at its first prompt, its viewer, and what its marks told. */
async function begin() {
  const id = await terminals.begin();
  const viewer = terminals.view(id);
  const { commands } = getShell({ id, ownerId: terminals.admin().caller.userId });
  if (!commands) throw new Error("This shell writes no marks.");
  await eventually(async () => commands.isIdle(), patienceMs);
  const ended = (count: number) =>
    eventually(async () => {
      const list = commands.list();
      return list.length >= count && list.every(({ endedAt }) => endedAt !== null) && list;
    }, patienceMs);
  return { id, viewer, commands, ended };
}

const isInstalled = (shell: string) => spawnSync(shell, ["-c", "exit"]).error === undefined;

describe.each([
  {
    shell: "bash",
    file: ".bashrc",
    own: "PS1='mine> '; PROMPT_COMMAND='seen=$?'; greet() { echo hello-$seen; }",
    lines: ["if true; then", "echo in''side; fi"],
  },
  {
    shell: "zsh",
    file: ".zshrc",
    own: "PS1='mine> '; precmd() { seen=$?; }; greet() { echo hello-$seen; }",
    lines: ["if true; then", "echo in''side; fi"],
  },
  {
    shell: "fish",
    file: ".config/fish/config.fish",
    own: "function fish_prompt; set -g seen $status; echo 'mine> '; end; function greet; echo hello-$seen; end",
    lines: ["if true", "echo in''side; end"],
  },
])("$shell", ({ shell, file, own, lines }) => {
  beforeEach((context) => {
    if (!isInstalled(shell)) context.skip(`${shell} is not installed here`);
    const home = mkdtempSync(path.join(tmpdir(), "hearth-home-"));
    spawnSync("mkdir", ["-p", path.dirname(path.join(home, file))]);
    writeFileSync(path.join(home, file), `${own}\n`);
    withEnvironment({ ...terminalEnvironment, HEARTH_TERMINAL_SHELL: spawnSync("which", [shell]).stdout.toString().trim(), HOME: home });
  });

  test("commands are known by text, output and exit status, and the person's own settings hold", async () => {
    const { viewer, ended } = await begin();
    viewer.type("printf 'one\\ntwo'; sh -c 'exit 3'\r");
    await ended(1);
    viewer.type("greet\r");
    const [first, second] = await ended(2);
    expect(first).toMatchObject({ text: "printf 'one\\ntwo'; sh -c 'exit 3'", output: "one\ntwo", exitStatus: 3, cutChars: 0 });
    expect(second).toMatchObject({ text: "greet", output: "hello-3", exitStatus: 0 });
    await viewer.shows(/^mine> /);
  });

  test("an empty Enter and Ctrl-C at the prompt are no commands; one of several lines is one", async () => {
    const { viewer, commands, ended } = await begin();
    let prompts = 0;
    commands.listen(({ type }) => {
      if (type === "prompt") prompts += 1;
    });
    viewer.type("\r");
    await eventually(async () => prompts === 1, patienceMs);
    viewer.type("abandoned");
    await viewer.shows(/abandoned$/);
    viewer.type("\x03");
    await eventually(async () => prompts === 2 && commands.isIdle(), patienceMs);
    viewer.type(`${lines.join("\r")}\r`);
    const [only, ...more] = await ended(1);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ output: "inside", exitStatus: 0 });
    expect(only?.text.split("\n").map((line) => line.trim())).toEqual(lines);
  });

  test("the nonce is in no child's environment, and marks without it count for nothing", async () => {
    const { viewer, ended } = await begin();
    viewer.type("env | grep -c HEARTH_; printf '\\033]133;D;7\\007\\033]133;A\\007\\033]133;C;cmdline_url=evil\\007'; true\r");
    const [only, ...more] = await ended(1);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ output: "0", exitStatus: 0 });
  });
});
