import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Everything that `next build` reads. */
const folders = ["app", "components", "db", "lib", "public"];
const files = /^(instrumentation(-client)?|boot|banner|proxy|next\.config|postcss\.config|tsconfig|package|package-lock)\.(m?[jt]s|json)$/;

/**
 * Hash of the contents of every file the build depends on. Contents and not times, because a clone, a
 * checkout and a Docker layer all set new times.
 */
export function sourcesHash(root: string): string {
  const hash = createHash("sha1");
  const present = readdirSync(root, { withFileTypes: true });
  const names = present.filter((entry) => (entry.isDirectory() ? folders.includes(entry.name) : files.test(entry.name)));
  for (const { name } of names.toSorted(byName)) {
    for (const file of filesUnder(root, name))
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(path.join(root, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

function filesUnder(root: string, name: string): string[] {
  if (files.test(name) && !folders.includes(name)) return [name];
  const entries = readdirSync(path.join(root, name), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))).toSorted();
}
