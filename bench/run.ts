/** `npm run bench`: measures every figure beside its baseline and writes docs/benchmarks.md. Names of figures as arguments measure only those and write nothing. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { findPostgres } from "../bin/testing/find-postgres.ts";
import { startPostgres } from "../bin/testing/start-postgres.ts";
import buildOnce from "../tests/support/build-once.ts";
import { withBench } from "./bench.ts";
import type { Figure } from "./figure.ts";
import { answerCache } from "./figures/answer-cache.ts";
import { chunkCost } from "./figures/chunk-cost.ts";
import { dashboard } from "./figures/dashboard.ts";
import { embeddedSpeed } from "./figures/embedded-speed.ts";
import { firstLoad } from "./figures/first-load.ts";
import { firstToken } from "./figures/first-token.ts";
import { gatewayLatency } from "./figures/gateway-latency.ts";
import { gatewayLoad } from "./figures/gateway-load.ts";
import { hostKilled } from "./figures/host-killed.ts";
import { longChat } from "./figures/long-chat.ts";
import { longReply } from "./figures/long-reply.ts";
import { manyStreams } from "./figures/many-streams.ts";
import { recordingCost } from "./figures/recording-cost.ts";
import { routingDecision } from "./figures/routing-decision.ts";
import { startUpAndMemory } from "./figures/start-up.ts";
import { terminal } from "./figures/terminal.ts";
import { withGateways } from "./support/gateways.ts";

const root = path.dirname(import.meta.dirname);
const measures: Record<string, () => Promise<Figure[]>> = {
  "start-up": startUpAndMemory,
  "first-token": () => withBench(firstToken),
  "many-streams": () => withBench(manyStreams),
  "answer-cache": () => withBench(answerCache),
  "gateway-latency": () => withGateways(gatewayLatency),
  "gateway-load": () => withGateways(gatewayLoad),
  "chunk-cost": () => withGateways(chunkCost),
  "host-killed": hostKilled,
  dashboard,
  "recording-cost": recordingCost,
  "routing-decision": routingDecision,
  "embedded-speed": embeddedSpeed,
  "first-load": () => withBench(firstLoad),
  "long-reply": () => withBench(longReply),
  "long-chat": () => withBench(longChat),
  terminal,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in measures));
if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(", ")}. There are: ${Object.keys(measures).join(", ")}.`);

await buildOnce();
const workDir = mkdtempSync(path.join(tmpdir(), "hearth-bench-"));
const server = await providePostgres();
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`Measuring ${name} …`);
  const measured = await measure();
  for (const figure of measured) console.log(section(figure));
  figures.push(...measured);
}
await server?.stop();
rmSync(workDir, { recursive: true, force: true });
if (wanted.length === 0) writeFileSync(path.join(root, "docs", "benchmarks.md"), page());
process.exit(figures.every(({ isMet }) => isMet) ? 0 : 1);

/** Where there is a Postgres, what is measured on one is. Only one figure is. */
async function providePostgres() {
  if (process.env.TEST_DATABASE_URL || (wanted.length > 0 && !wanted.includes("dashboard"))) return undefined;
  const bin = await findPostgres(workDir);
  if (!bin) return undefined;
  const started = await startPostgres(bin, workDir);
  process.env.TEST_DATABASE_URL = started.url;
  return started;
}

function page(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  const machine = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.versions.node}`;
  const head = `# Benchmarks

Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit}, on ${machine}.
Each figure stands beside its baseline, measured in the same run on the same machine; compare the ratio, not the number.
`;
  return [head, ...figures.map(section)].join("\n");
}

function section({ title, method, columns, rows, aim, isMet }: Figure): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
  const table = [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
  return `## ${title}\n\n${method}\n\n${table}\n\nAim: ${aim}. ${isMet ? "Met." : "**Not met.**"}\n`;
}
