/**
 * `npm start` and `npm run dev`: checks the environment, builds when that is needed, and serves.
 * `npm start` runs it with flags for V8: what it makes of our code and of PGlite's (docs/adr/0016-v8-flags.md).
 */
import { enableCompileCache } from "node:module";
import path from "node:path";

const root = path.dirname(import.meta.dirname);
const dev = process.argv.includes("--dev");
Object.assign(process.env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
process.chdir(root);
// Compiled code of Next and our packages, kept with the build: saves a third of a second at every start.
enableCompileCache(path.join(root, ".next", "cache", "compiled"));

const { start } = await import("./start-hearth.ts");
await start({ root, dev });
