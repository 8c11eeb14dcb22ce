/** The floor for start and memory: an HTTP server that does nothing, with the embedded database opened when a folder is given. */
import { createServer } from "node:http";
import { PGlite } from "@electric-sql/pglite";

const [folder] = process.argv.slice(2);
if (folder) await PGlite.create({ dataDir: folder, postgresqlconf: ["shared_buffers = 16MB"] });
const server = createServer((_, response) => response.end());
server.listen(0, "127.0.0.1", () => process.send?.({ startedInMs: performance.now() }));
process.on("message", () => process.send?.({ rssMb: process.memoryUsage.rss() / 1024 ** 2 }, () => process.exit(0)));
