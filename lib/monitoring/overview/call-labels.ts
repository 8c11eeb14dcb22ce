import { db } from "@/db/database";
import { findKeyNames, findSubjectNames } from "@/db/queries/subjects";
import type { Grouping } from "./contract";

const purposes: Record<string, string> = {
  chat: "Chat",
  title: "Titles",
  embedding: "Embeddings",
  check: "Checks",
  api: "API",
  copilot: "Copilot",
};
const uuid = /^[0-9a-f-]{36}$/;

/** What people know groups by, from their keys; a deleted account's or key's is its id. */
export async function labelGroups(by: Grouping | null, keys: string[]): Promise<Map<string, string>> {
  if (by === null) return new Map([["", "All"]]);
  if (by === "purpose") return new Map(keys.map((key) => [key, purposes[key] ?? key]));
  if (by !== "user" && by !== "key") return new Map();
  const ids = keys.filter((key) => uuid.test(key));
  if (by === "key") return new Map([["", "Without a key"], ...(await findKeyNames(db(), ids))]);
  const people = ids.map((subjectId) => ({ subjectKind: by, subjectId }));
  return new Map([["", "Hearth itself"], ...(await findSubjectNames(db(), people))]);
}
