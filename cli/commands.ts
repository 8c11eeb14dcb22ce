import type { Command } from "./command.ts";
import { completion } from "./commands/completion.ts";
import { login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { pull } from "./commands/pull.ts";
import { serve } from "./commands/serve.ts";
import { status } from "./commands/status.ts";
import { commandsEverywhere } from "./commands-everywhere.ts";

/** Every command of the shell. The parser, the help, the completion scripts and `docs/cli.md` are made from this table. */
export const commands: Command[] = [login, logout, ...commandsEverywhere, pull, status, serve, completion(() => commands)];
