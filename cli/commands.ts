import type { Command } from "./command.ts";
import { ask } from "./commands/ask.ts";
import { chat } from "./commands/chat.ts";
import { completion } from "./commands/completion.ts";
import { keysCreate } from "./commands/keys-create.ts";
import { keysList } from "./commands/keys-list.ts";
import { keysRevoke } from "./commands/keys-revoke.ts";
import { login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { models } from "./commands/models.ts";
import { pull } from "./commands/pull.ts";
import { runsFollow } from "./commands/runs-follow.ts";
import { runsShow } from "./commands/runs-show.ts";
import { runsStop } from "./commands/runs-stop.ts";
import { serve } from "./commands/serve.ts";
import { status } from "./commands/status.ts";
import { usage } from "./commands/usage.ts";

/** Every command there is. The parser, the help, the completion scripts and `docs/cli.md` are made from this table. */
export const commands: Command[] = [
  login,
  logout,
  ask,
  chat,
  models,
  pull,
  keysList,
  keysCreate,
  keysRevoke,
  runsShow,
  runsFollow,
  runsStop,
  usage,
  status,
  serve,
  completion(() => commands),
];
