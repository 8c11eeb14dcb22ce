import path from "node:path";
import { buildApp, isBuilt } from "./build-app.ts";

const root = path.dirname(import.meta.dirname);
if (isBuilt(root)) console.log("The build is up to date.");
else await buildApp(root);
