import { db } from "@/db/database";
import { listSubjects } from "@/db/queries/subjects";
import { listModels } from "../list-models";
import type { SubjectChoices } from "./contract";

/** Whom a limit or a budget can be for. For admins. */
export async function subjectChoices(): Promise<SubjectChoices> {
  const [subjects, models] = await Promise.all([listSubjects(db()), listModels()]);
  return { ...subjects, models: models.map(({ id }) => id) };
}
