import path from "node:path";
import { buildApp, isBuilt } from "../../bin/build-app.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Global set-up of the suites that start whole Hearths: builds the app unless the build is up to date. */
export default async function buildOnce(): Promise<void> {
  if (!isBuilt(root)) await buildApp(root);
}
