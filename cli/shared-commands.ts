import type { Command } from "./command.ts";
import { ask } from "./commands/ask.ts";
import { chat } from "./commands/chat.ts";
import { keysCreate } from "./commands/keys-create.ts";
import { keysList } from "./commands/keys-list.ts";
import { keysRevoke } from "./commands/keys-revoke.ts";
import { logs } from "./commands/logs.ts";
import { models } from "./commands/models.ts";
import { runsApprove } from "./commands/runs-approve.ts";
import { runsFollow } from "./commands/runs-follow.ts";
import { runsList } from "./commands/runs-list.ts";
import { runsReject } from "./commands/runs-reject.ts";
import { runsShow } from "./commands/runs-show.ts";
import { runsStop } from "./commands/runs-stop.ts";
import { search } from "./commands/search.ts";
import { usage } from "./commands/usage.ts";

/** The commands that the console in the page has too: nothing that they import may need a process. */
export const sharedCommands: Command[] = [
  ask,
  chat,
  models,
  search,
  keysList,
  keysCreate,
  keysRevoke,
  runsList,
  runsShow,
  runsFollow,
  runsStop,
  runsApprove,
  runsReject,
  logs,
  usage,
];

/** Those of them that somebody is offered, in help and completion. */
export const offeredTo = (role: string): Command[] => sharedCommands.filter(({ access }) => access !== "admin" || role === "admin");
