import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, setDatabase } from "../../db/database.ts";
import { openEmbedded } from "../../db/open-embedded.ts";
import { openServer } from "../../db/open-server.ts";
import { rollUpCalls } from "../../db/queries/call-rollups.ts";
import { newId } from "../../lib/core/ids.ts";
import { viewQuery } from "../../lib/monitoring/overview/contract.ts";
import { getOverview } from "../../lib/monitoring/overview/get-overview.ts";
import { emptyServerDatabase } from "../../tests/support/test-server-database.ts";
import { type Figure, median, round } from "../figure.ts";

const views = [{ range: "24h" }, { range: "7d" }, { range: "30d" }, { range: "30d", by: "model" }, { range: "30d", by: "user" }] as const;
const timeZone = "Europe/Berlin";
const reads = 5;
/** What a database has not added up by then is left out, and the row says how many calls there are. */
const roomMs = 300_000;

/** How long the Overview's queries take over a month of calls, beside reading every call. */
export async function dashboard(): Promise<Figure[]> {
  const rows = await onEmbedded();
  if (process.env.TEST_DATABASE_URL) rows.push(...(await onServer()));
  const hundredThousand = rows.filter(([, calls]) => Number(calls) === 100_000);
  const worstMs = Math.max(...hundredThousand.flatMap((cells) => cells.slice(2, -2).map(Number)));
  return [
    {
      title: "Opening the monitoring's Overview",
      method: `The queries behind the page, median of ${reads} in a warm process. Calls are spread over 30 days, 25 people, 6 models at 3 hosts and 4 purposes, some people asking far more than others. The baseline is one query that reads the table of calls itself: count, tokens, cost and six percentiles for each of the 30 days and models, without the period before that the page also shows. Adding up is the cost of a call's entry in the roll-ups.`,
      columns: ["ms", "calls", "24 h", "7 d", "30 d", "30 d by model", "30 d by person", "30 d, reading every call", "adding up, a call"],
      rows,
      aim: "every view of 100,000 calls within 1,000 ms",
      isMet: worstMs <= 1_000,
    },
  ];
}

async function onEmbedded(): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const calls of [100_000, 1_000_000]) {
    const folder = mkdtempSync(path.join(tmpdir(), "hearth-bench-"));
    const database = await openEmbedded(folder);
    rows.push(["PGlite", ...(await measure(database, calls))]);
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

async function onServer(): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const calls of [100_000, 1_000_000]) {
    const { url, drop } = await emptyServerDatabase();
    const database = await openServer(url);
    rows.push(["Postgres", ...(await measure(database, calls))]);
    await database.close();
    await drop();
  }
  return rows;
}

async function measure(database: Database, wanted: number): Promise<number[]> {
  setDatabase(database);
  await store(database, wanted);
  const startedAt = performance.now();
  let calls = 0;
  for (let taken = 1; taken > 0 && performance.now() - startedAt < roomMs; calls += taken)
    taken = (await rollUpCalls(database.db, 5_000)).calls;
  const eachMs = (performance.now() - startedAt) / calls;
  await database.query("analyze", []);
  const caller = { userId: newId(), email: "", name: "", role: "admin", via: "cookie", sessionId: newId() } as const;
  const times: number[] = [];
  for (const view of views) {
    times.push(await timed(() => getOverview({ caller, view: viewQuery.parse(view), timeZone, now: new Date() })));
  }
  return [calls, ...times.map((ms) => round(ms)), round(await timed(() => readEveryCall(database))), round(eachMs, 2)];
}

async function timed(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at <= reads; at += 1) {
    const startedAt = performance.now();
    await read();
    // The first one warms up.
    if (at > 0) times.push(performance.now() - startedAt);
  }
  return median(times);
}

async function store({ query }: Database, calls: number): Promise<void> {
  await query(
    `insert into users (id, email, name, role, password_hash)
      select md5('user' || i)::uuid, 'user' || i || '@example.org', 'User', 'user', '' from generate_series(0, 24) as i`,
    [],
  );
  await query(
    `insert into calls (id, owner_id, purpose, model, upstream, outcome, reason, cache, input_tokens, output_tokens, cost_usd, started_at,
        first_token_at, ended_at)
      select gen_random_uuid(), md5('user' || person)::uuid, (array['chat', 'chat', 'api', 'title'])[1 + i % 4], 'm/' || model, 'host-' || model % 3,
        case when i % 50 = 0 then 'failed' else 'complete' end, case when i % 50 = 0 then (array['timed_out', 'overloaded'])[1 + i % 2] end,
        (array['off', 'off', 'miss', 'hit'])[1 + i % 4], 200 + i % 3000, 50 + i % 900, 0.001 * (i % 40), at,
        at + (50 + 20000 * random() ^ 4) * interval '1 ms', at + (1000 + 60000 * random() ^ 3) * interval '1 ms'
      from (select i, person, (person + i % 2) % 6 as model, now() - random() * interval '30 days' as at
        from (select i, floor(25 * random() ^ 3)::int as person from generate_series(1, $1::int) as i) as people) as made`,
    [calls],
  );
}

/** What the page would have to ask for without roll-ups. */
function readEveryCall({ query }: Database) {
  const percentiles = (to: string) =>
    [0.5, 0.95, 0.99].map((share) => `percentile_disc(${share}) within group (order by ${to} - started_at)`).join(", ");
  return query(
    `select date_trunc('day', started_at, $1), model, count(*), sum(input_tokens), sum(output_tokens), sum(cost_usd),
        ${percentiles("first_token_at")}, ${percentiles("ended_at")}
      from calls where started_at > now() - interval '60 days' group by 1, 2`,
    [timeZone],
  );
}
