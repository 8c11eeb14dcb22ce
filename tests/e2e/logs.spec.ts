import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { LogLine } from "@/lib/monitoring/logs/contract";
import { register, signIn } from "./support/accounts";
import { ask } from "./support/chat";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

const [admin, user] = ["ada@example.org", "grace@example.org"];
const lines = (page: Page) => page.getByRole("list", { name: "Log lines" }).getByRole("listitem");
const status = (page: Page) => page.getByRole("region", { name: "Log" }).getByRole("status");

/** Makes a request of its own id, without a caller: it is refused, and logged all the same. */
async function request(url: string, id: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/me`, { headers: { "x-request-id": id } });
  expect(response.headers.get("x-request-id")).toBe(id);
}

test("an admin follows the log, holds it, narrows it and takes it along", async ({ anotherBrowser, expectInConsole, hearth, ollama }) => {
  expectInConsole(/404 .*\/monitoring\/logs/);
  const fake = await ollama({ reply: "Marzipan." });
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_SIGNUP: "open", LOG_LEVEL: "debug" } });
  await register(app.url, { email: admin, name: "Ada" });
  await register(app.url, { email: user, name: "Grace" });
  const page = await anotherBrowser({ viewport: { width: 1440, height: 900 } });
  await signIn(page, app.url, admin);

  await test.step("a request just made is there, without a reload", async () => {
    await page.goto(`${app.url}/monitoring`);
    await page.getByRole("navigation", { name: "Monitoring" }).getByRole("link", { name: "Logs" }).click();
    await expect(status(page)).toHaveText("Live");
    await request(app.url, "request-number-one");
    const line = lines(page).filter({ hasText: "path=/api/v1/me" }).first();
    await expect(line).toContainText("status=401");
    await line.locator("summary").press("Enter");
    await expect(line.getByRole("link", { name: "request-number-one" })).toBeVisible();
  });

  await test.step("while it is held nothing moves, what comes is counted, and then it is there", async () => {
    const held = page.getByRole("button", { name: "Pause" });
    await held.press("Enter");
    const before = await lines(page).count();
    await request(app.url, "request-number-two");
    await expect(status(page)).toHaveText(/^Paused, \d+ new$/);
    expect(await lines(page).count()).toBe(before);
    await page.getByRole("button", { name: "Resume" }).press("Enter");
    await expect(status(page)).toHaveText("Live");
    expect(await lines(page).count()).toBeGreaterThan(before);
  });

  await test.step("a filter is a link, also for what comes after, and a request's id narrows to it", async () => {
    await page.getByRole("form", { name: "Filter log lines" }).getByLabel("Request id").fill("request-number-three");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/request=request-number-three/);
    await expect(page.getByText("No line matches.")).toBeVisible();
    await request(app.url, "request-number-two");
    await request(app.url, "request-number-three");
    await expect(lines(page)).toHaveCount(1);
    await page.reload();
    await expect(lines(page)).toHaveCount(1);
  });

  await test.step("a download has what matches and no more", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^hearth-logs-.*\.ndjson$/);
    const text = await readFile(await file.path(), "utf8");
    const found = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as LogLine);
    expect(found).toMatchObject([{ requestId: "request-number-three", text: "request", rest: { path: "/api/v1/me", status: 401 } }]);
  });

  await test.step("a run's lines lead to its trace, and a person's are found by their address", async () => {
    const other = await anotherBrowser();
    await signIn(other, app.url, user);
    await ask(other, "What is in it?");
    await page.goto(`${app.url}/monitoring/logs?level=info&user=${user}`);
    const ended = lines(page).filter({ hasText: "run ended" });
    await expect(ended).toHaveCount(1);
    await ended.locator("summary").click();
    await expect(ended.getByRole("link", { name: "Show the run's trace" })).toHaveAttribute("href", /^\/monitoring\/traces\/[\w-]{36}$/);

    await other.goto(`${app.url}/monitoring`);
    await expect(other.getByRole("navigation", { name: "Monitoring" }).getByRole("link", { name: "Usage" })).toBeVisible();
    await expect(other.getByRole("link", { name: "Logs" })).toHaveCount(0);
    await other.goto(`${app.url}/monitoring/logs`);
    await expect(other.getByRole("list", { name: "Log lines" })).toHaveCount(0);
    expect((await other.request.get(`${app.url}/api/monitoring/logs`)).status()).toBe(403);
  });

  await test.step("a phone shows all of it, and nothing is in the way of a screen reader", async () => {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(`${app.url}/monitoring/logs`);
      await lines(page).first().locator("summary").click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.getByRole("button", { name: "Pause" }).click();
      await isAccessible(page, `logs at ${width}`);
    }
  });
});
