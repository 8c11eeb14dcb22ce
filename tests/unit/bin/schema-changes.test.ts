import { readFileSync } from "node:fs";
import { generateDrizzleJson } from "drizzle-kit/api";
import { pgTable, text } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { schemaChanges } from "@/bin/schema-changes";
import * as schema from "@/db/schema/all";

const things = pgTable("things", { name: text(), dueAt: text() });
const made = () => JSON.parse(JSON.stringify(generateDrizzleJson({ things }, undefined, undefined, "snake_case")));

test("the newest migration makes exactly the tables of db/schema", () => {
  const { entries } = JSON.parse(readFileSync("db/migrations/meta/_journal.json", "utf8"));
  const newest = `${String(entries.at(-1).idx).padStart(4, "0")}_snapshot.json`;
  expect(schemaChanges(schema, JSON.parse(readFileSync(`db/migrations/meta/${newest}`, "utf8")))).toEqual([]);
});

test("a column, a table or a type that no migration makes is named", () => {
  expect(schemaChanges({ things }, made())).toEqual([]);
  expect(schemaChanges({ things: pgTable("things", { name: text(), dueAt: text().notNull() }) }, made())).toEqual(["tables.public.things"]);
  expect(schemaChanges({ things, more: pgTable("more", { name: text() }) }, made())).toEqual(["tables.public.more"]);
  expect(schemaChanges({}, made())).toEqual(["tables.public.things"]);
});
