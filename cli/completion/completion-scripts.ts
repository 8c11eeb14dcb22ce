import type { Command } from "../command.ts";
import { bashCompletion } from "./bash-completion.ts";
import { fishCompletion } from "./fish-completion.ts";
import { zshCompletion } from "./zsh-completion.ts";

/** How each shell is told what may come after `hearth`. */
export const completionScripts: Record<"bash" | "zsh" | "fish", (commands: Command[]) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};
