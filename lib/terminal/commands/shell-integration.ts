import { randomBytes } from "node:crypto";
import path from "node:path";

/** What makes a shell write marks (OSC 133) around its commands: arguments, variables, and the nonce that its marks carry. */
type Integration = { args: string[]; env: Record<string, string>; nonce: string };

const folder = () => path.join(/* turbopackIgnore: true */ process.cwd(), "lib/terminal/integration");

/**
 * How to start a shell so that it writes marks, by scripts of ours that read the person's own files and change none.
 * @returns null for a program that is no bash, zsh or fish: it is started as it is
 */
export function shellIntegration(program: string): Integration | null {
  const start = starts[path.basename(program)];
  if (!start) return null;
  // Whatever a program prints, a mark without the nonce counts for nothing. The scripts take it out of the environment.
  const nonce = randomBytes(12).toString("hex");
  const { args = [], env = {} } = start();
  return { args, env: { ...env, HEARTH_MARKS_NONCE: nonce }, nonce };
}

const starts: Record<string, () => Partial<Pick<Integration, "args" | "env">>> = {
  bash: () => ({ args: ["--rcfile", path.join(folder(), "hearth.bash")] }),
  zsh: () => ({ env: { ZDOTDIR: path.join(folder(), "zsh") } }),
  fish: () => ({ args: ["--init-command", `source ${quoted(path.join(folder(), "hearth.fish"))}`] }),
};

/** Whether a program is a shell that can be made to write marks. */
export const writesMarks = (program: string): boolean => path.basename(program) in starts;

const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
