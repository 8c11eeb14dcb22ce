import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);

function found(name: string): string[] {
  return folders
    .map((folder) => path.join(folder, name))
    .filter((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Programs of this machine that tests use where they are there. */
export const programs = { has: (name: string) => found(name).length > 0 };

/** A Node of this machine that is older than `major`, if any. */
export function nodeBefore(major: number): string | undefined {
  return found("node").find((file) => {
    const version = execFileSync(file, ["--version"], { encoding: "utf8" });
    return Number.parseInt(version.slice(1), 10) < major;
  });
}
