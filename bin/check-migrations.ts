/** Part of `npm run check`: whether `db/migrations` makes exactly the tables of `db/schema`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as schema from "../db/schema/all.ts";
import { schemaChanges } from "./schema-changes.ts";

const meta = path.join(path.dirname(import.meta.dirname), "db", "migrations", "meta");
const read = (name: string) => JSON.parse(readFileSync(path.join(meta, name), "utf8"));
const { entries } = read("_journal.json") as { entries: { idx: number }[] };
const newest = String(entries.at(-1)?.idx ?? 0).padStart(4, "0");

const changes = schemaChanges(schema, read(`${newest}_snapshot.json`));
if (changes.length > 0) {
  console.error(`No migration makes these parts of db/schema: ${changes.join(", ")}. Run npm run db:generate.`);
  process.exit(1);
}
