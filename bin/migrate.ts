/** `npm run db:migrate`: brings the database that the environment names to the newest schema. Starting Hearth does the same. */
import { openDatabase } from "../db/open.ts";

try {
  const database = await openDatabase();
  console.log(`The database ${database.label} is at the newest schema.`);
  await database.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
