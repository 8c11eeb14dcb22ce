import { db } from "@/db/database";
import { listSubjects } from "@/db/queries/subjects";
import { lacksPrice } from "../lacks-price";
import { listModels } from "../list-models";
import type { SubjectChoices } from "./contract";

/** Whom a limit or a budget can be for. For admins. */
export async function subjectChoices(): Promise<SubjectChoices> {
  const [subjects, models] = await Promise.all([listSubjects(db()), listModels()]);
  const idsOf = (some: typeof models) => some.map(({ id }) => id);
  return { ...subjects, models: idsOf(models), unpriced: idsOf(models.filter(lacksPrice)) };
}
