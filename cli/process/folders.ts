import { homedir } from "node:os";
import path from "node:path";

/** A folder of the XDG base directories (https://specifications.freedesktop.org/basedir), which must be absolute to count. */
function xdg(name: string, fallback: string): string {
  const given = process.env[name];
  return given && path.isAbsolute(given) ? given : path.join(homedir(), fallback);
}

/** Where tokens are kept. */
export const signInPath = () => path.join(xdg("XDG_CONFIG_HOME", ".config"), "hearth", "sign-ins.json");

/** What a person wrote in `hearth chat`. */
export const historyPath = () => path.join(xdg("XDG_STATE_HOME", ".local/state"), "hearth", "chat-history");
