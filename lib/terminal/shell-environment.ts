import { delimiter, sep } from "node:path";
import { environmentOnly } from "@/lib/core/env";

/** What a shell may have of Hearth's own environment. A list of what is allowed: a new secret is not let through by being forgotten. */
const allowed = [
  "HOME",
  "USER",
  "LOGNAME",
  "PATH",
  "SHELL",
  "TMPDIR",
  "TZ",
  "LANG",
  "LANGUAGE",
  "LC_ALL",
  "LC_CTYPE",
  "LC_MESSAGES",
  "LC_TIME",
];

/** The environment of a new shell. */
export function shellEnvironment(): Record<string, string> {
  const kept = environmentOnly(allowed);
  return {
    ...kept,
    PATH: ownPath(kept.PATH),
    LANG: kept.LANG ?? "C.UTF-8",
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    TERM_PROGRAM: "Hearth",
  };
}

/** Without the folders that npm put in front, so that `node` is the machine's and not Hearth's. */
function ownPath(path = "/usr/local/bin:/usr/bin:/bin"): string {
  return path
    .split(delimiter)
    .filter((folder) => !folder.split(sep).includes("node_modules"))
    .join(delimiter);
}
