import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { signUp } from "../../tests/support/api-client.ts";
import { type Hearth, startHearth } from "../../tests/support/hearth.ts";
import { type Figure, median, round } from "../figure.ts";
import { withPage } from "../support/browser.ts";
import { readMeter, startMeter } from "../support/page-meter.ts";
import { residentMb } from "../support/processes.ts";
import { attachTerminal, type TerminalClient } from "../support/terminal-client.ts";

const warmUpSessions = 20;
const idleSessions = 50;
/** How long memory is looked at for its least value, which garbage has the smallest part in. */
const settleS = 20;
const lines = 1_000_000;
const pageLines = 250_000;
const line = "0123456789".repeat(8);
const keys = 200;
const account = { email: "admin@example.org", password: "correct horse battery" };
const flood = `yes ${line} | head -n ${lines}`;

/** How fast output comes, how fast keys are echoed while another terminal floods, and what terminals take that only wait. */
export async function terminal(): Promise<Figure[]> {
  const hearth = await startHearth({
    env: {
      HEARTH_TERMINAL: "admin",
      HEARTH_TERMINAL_SHELL: "/bin/sh",
      HEARTH_TERMINAL_MAX_SESSIONS: String(warmUpSessions + idleSessions),
    },
  });
  try {
    await signUp(hearth.url);
    return await withPage({ hearth, account }, (page) => measure(hearth, page));
  } finally {
    await hearth.close();
  }
}

async function measure(hearth: Hearth, page: Page): Promise<Figure[]> {
  const addresses: string[] = [];
  page.on("websocket", (socket) => socket.url().includes("/api/terminal/") && addresses.push(socket.url()));
  await page.goto(`${hearth.url}/terminal`);
  await page.getByRole("button", { name: "Open a terminal" }).click();
  const drawn = await drawnThroughput(page, path.join(hearth.dataDir, "drawn"));
  const names = page.getByRole("list", { name: "Terminals" }).getByRole("listitem");
  const openUntil = async (count: number) => {
    for (let has = await names.count(); has < count; has = await names.count()) {
      await page.getByRole("button", { name: /^New terminal/ }).click();
      await names.nth(has).waitFor();
    }
  };
  // The first ones bring libraries, compiled code and the page's own requests; the others are what one more takes.
  await openUntil(warmUpSessions);
  const beforeMb = await settledMb(hearth.pid);
  await openUntil(warmUpSessions + idleSessions);
  const eachMb = ((await settledMb(hearth.pid)) - beforeMb) / idleSessions;

  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  await page.goto("about:blank");
  const [first = "", second = ""] = addresses;
  const [flooding, typing] = [await attachTerminal(first, cookie), await attachTerminal(second, cookie)];
  const { mb, seconds } = await throughput(flooding);
  const quiet = await echoes(typing);
  flooding.type(`while :; do yes ${line}; done\r`);
  await sleep(1_000);
  const flooded = await echoes(typing);
  const highMb = residentMb(hearth.pid);
  for (const client of [flooding, typing]) client.close();

  const rate = mb / seconds;
  return [
    {
      title: "Terminals",
      method: `Output: ${lines.toLocaleString("en")} lines of ${line.length} characters to one client that acknowledges at once, from the first byte to the last; server-side screen included. The page in Chromium, without a graphics card and on the same two cores, is sent ${pageLines.toLocaleString("en")} of them and acknowledges what it has drawn; its longest task meanwhile is the longest that a key waits for. Echo: ${keys} keys, one every 20 ms, from the key's being sent to its echo. Memory: resident memory that ${idleSessions} idle sessions add to a process that has ${warmUpSessions}, divided, each time the least within ${settleS} s; the shells themselves are processes of their own.`,
      columns: ["", "value"],
      rows: [
        ["output to a client", `${round(rate, 1)} MB/s`],
        ["output to a page, drawn", `${round(drawn.rate, 1)} MB/s`],
        ["longest task of the page meanwhile", `${drawn.longestTaskMs} ms`],
        ["echo, p50 / p99", `${round(median(quiet), 1)} / ${round(percentile(quiet, 99), 1)} ms`],
        ["echo while another terminal floods, p50 / p99", `${round(median(flooded), 1)} / ${round(percentile(flooded, 99), 1)} ms`],
        ["memory of an idle session", `${round(eachMb, 2)} MB`],
        ["memory of the process with all of it, while one floods", `${round(highMb)} MB`],
      ],
      aim: "at least 10 MB/s, echo within 50 ms (p99) while another floods, at most 2 MB for an idle session",
      isMet: rate >= 10 && percentile(flooded, 99) <= 50 && eachMb <= 2,
    },
  ];
}

async function settledMb(pid: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let second = 0; second < settleS; second += 1) {
    await sleep(1_000);
    least = Math.min(least, residentMb(pid));
  }
  return least;
}

async function throughput(client: TerminalClient): Promise<{ mb: number; seconds: number }> {
  client.type("stty -echo\r");
  await sleep(500);
  const before = client.bytes();
  const startedAt = performance.now();
  const done = client.until("the-end");
  client.type(`${flood}; echo the-''end\r`);
  await done;
  return { mb: (client.bytes() - before) / 1_000_000, seconds: (performance.now() - startedAt) / 1_000 };
}

/** How fast a page draws what comes. The shell goes on only as fast as the page does, and leaves a file when it is through. */
async function drawnThroughput(page: Page, file: string): Promise<{ rate: number; longestTaskMs: number }> {
  await page.locator("[data-connection=open]").first().waitFor();
  await page.locator(".xterm-helper-textarea").first().focus();
  await page.keyboard.type(`yes ${line} | head -n ${pageLines}; touch ${file}`);
  await startMeter(page);
  const startedAt = performance.now();
  await page.keyboard.press("Enter");
  while (!existsSync(file)) await sleep(10);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { longestTaskMs } = await readMeter(page);
  // A line's end is two bytes, as terminals have it.
  return { rate: (pageLines * (line.length + 2)) / 1_000_000 / seconds, longestTaskMs };
}

/** Milliseconds from a key to its echo, for each key. */
async function echoes(client: TerminalClient): Promise<number[]> {
  const took: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    const letter = String.fromCharCode(97 + (key % 26));
    const sentAt = performance.now();
    const echoed = client.until(letter);
    client.type(letter);
    await echoed;
    took.push(performance.now() - sentAt);
    await sleep(20);
    // What is typed is taken back before the line grows long.
    if (key % 26 === 25) client.type("\x15");
  }
  client.type("\x15");
  return took;
}

const percentile = (values: number[], of: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil((values.length * of) / 100) - 1] ?? Number.NaN;
