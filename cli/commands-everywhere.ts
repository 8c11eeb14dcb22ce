import type { Command } from "./command.ts";
import { ask } from "./commands/ask.ts";
import { chat } from "./commands/chat.ts";
import { keysCreate } from "./commands/keys-create.ts";
import { keysList } from "./commands/keys-list.ts";
import { keysRevoke } from "./commands/keys-revoke.ts";
import { models } from "./commands/models.ts";
import { runsFollow } from "./commands/runs-follow.ts";
import { runsShow } from "./commands/runs-show.ts";
import { runsStop } from "./commands/runs-stop.ts";
import { search } from "./commands/search.ts";
import { usage } from "./commands/usage.ts";

/** The commands of the shell that a page's console has too. Apart from the others, which a browser could not load. */
export const commandsEverywhere: Command[] = [
  ask,
  chat,
  models,
  search,
  keysList,
  keysCreate,
  keysRevoke,
  runsShow,
  runsFollow,
  runsStop,
  usage,
];
