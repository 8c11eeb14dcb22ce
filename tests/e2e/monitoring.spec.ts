import type { Page } from "@playwright/test";
import { aCall, aHundredCalls } from "../support/known-calls";
import { register, signIn } from "./support/accounts";
import { ask } from "./support/chat";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { seedCalls } from "./support/seed-calls";

const [admin, user] = ["ada@example.org", "grace@example.org"];
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** The figure of a name on the Overview, as it is written. */
const figure = (page: Page, name: string) =>
  page
    .getByRole("region", { name: "Figures" })
    .locator("dl > div")
    .filter({ has: page.getByText(name, { exact: true }) });

/** The milliseconds that a percentile says. */
async function percentile(page: Page, name: string, share: string): Promise<number> {
  const text = (await figure(page, name).textContent()) ?? "";
  const [, value, unit] = new RegExp(`${share}([\\d.,]+) (ms|s)`).exec(text) ?? [];
  return Number(value) * (unit === "s" ? 1_000 : 1);
}

const isNear = (told: number, value: number) => expect(Math.abs(told - value) / value, `${told} for ${value}`).toBeLessThanOrEqual(0.025);

test("an admin sees how calls go, live, from the figures to the calls behind a point", async ({ anotherBrowser, hearth, ollama }) => {
  const fake = await ollama({ reply: "Marzipan." });
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_SIGNUP: "open" } });
  await register(app.url, { email: admin, name: "Ada" });
  await register(app.url, { email: user, name: "Grace" });
  await seedCalls(app, (idOf) => [
    ...aHundredCalls(minutesAgo(30), { ownerId: idOf(user), model: "ollama/small" }),
    aCall({ startedAt: minutesAgo(20), ownerId: idOf(admin), outcome: "failed", reason: "timed_out", firstTokenAt: null }),
    aCall({ startedAt: minutesAgo(95), ownerId: idOf(admin) }),
  ]);
  const page = await anotherBrowser({ viewport: { width: 1440, height: 900 }, timezoneId: "Asia/Kolkata" });
  await signIn(page, app.url, admin);

  await test.step("the figures are those of the calls", async () => {
    await page.getByRole("button", { name: /^Account:/ }).click();
    await page.getByRole("menuitem", { name: "Monitoring" }).click();
    await page.getByRole("link", { name: "Last hour" }).click();
    await expect(figure(page, "Requests")).toContainText("101");
    await expect(figure(page, "Errors")).toContainText("1 of 101");
    for (const [share, value] of [
      ["p50", 500],
      ["p95", 950],
      ["p99", 990],
    ] as const) {
      isNear(await percentile(page, "Time to first token", share), value);
      isNear(await percentile(page, "Total time", share), value + 1_000);
    }
    await expect(figure(page, "Cost")).toContainText("$25.25");
  });

  await test.step("a group is a link, and so is what it is narrowed to", async () => {
    await page.getByRole("link", { name: "Person" }).click();
    await page.getByRole("table", { name: "By person" }).getByRole("link", { name: admin }).click();
    await expect(figure(page, "Requests")).toContainText(/^Requests\s*1\D/);
    await expect(page.getByRole("list", { name: "Filters" })).toContainText(admin);
    await page.reload();
    await expect(figure(page, "Errors")).toContainText("1 of 1");
    await page.getByRole("link", { name: "Remove the filter Person" }).click();
    await expect(figure(page, "Requests")).toContainText("101");
  });

  await test.step("a chart has a table behind it, by the reader's clock, and its times lead to their calls", async () => {
    await page.getByRole("button", { name: "Show Errors as a table" }).click();
    const row = page.getByRole("region", { name: "Errors, as a table" }).getByRole("row").nth(1);
    const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Kolkata" });
    await expect(row).toContainText(clock.format(minutesAgo(20)).slice(0, 3));
    await row.getByRole("link").click();
    await expect(page.getByRole("table", { name: "Calls" }).getByText("Timed out")).toHaveCount(1);
  });

  await test.step("the period before is shown in the charts, and what is drawn there is in their tables", async () => {
    await page.goto(`${app.url}/monitoring?range=1h`);
    await page.getByRole("link", { name: "Compare with the period before" }).click();
    await expect(page).toHaveURL(/compare=before/);
    await page.getByRole("button", { name: "Show Requests as a table" }).click();
    const table = page.getByRole("region", { name: "Requests, as a table" });
    await expect(table.getByRole("columnheader", { name: "Period before" })).toBeVisible();
    // The call of 95 minutes ago stands where the one of 35 minutes ago would.
    const sum = async () => {
      const texts = await table.getByRole("row").locator("td:last-child").allTextContents();
      return texts.reduce((all, text) => all + Number(text), 0);
    };
    await expect.poll(sum).toBe(1);
    await page.getByRole("link", { name: "Do not compare" }).click();
    await expect(table.getByRole("columnheader", { name: "Period before" })).toHaveCount(0);
  });

  await test.step("the keyboard goes from point to point and to the point's calls", async () => {
    await page.goto(`${app.url}/monitoring?range=1h`);
    await page.getByRole("application", { name: "Requests" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".recharts-tooltip-wrapper").first()).toContainText("Requests");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/monitoring\/calls\?.*from=/);
  });

  await test.step("what happens now is there in some seconds, and nothing else moves", async () => {
    const streams = page.waitForRequest(/\/api\/monitoring\/changes/);
    await page.goto(`${app.url}/monitoring?range=1h`);
    await streams;
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    const asked: string[] = [];
    page.on("request", (request) => {
      const { rsc, "next-router-prefetch": prefetch } = request.headers();
      if (rsc && !prefetch) asked.push(request.url());
    });
    // Longer than the least time between two readings, during which nothing happens.
    await page.waitForTimeout(6_000);
    expect(asked).toEqual([]);
    const before = await page.getByRole("heading", { name: "Cache hits" }).boundingBox();
    const other = await anotherBrowser();
    await signIn(other, app.url, user);
    await ask(other, "What is in it?");
    await expect(figure(page, "Requests")).toContainText(/10[23]/, { timeout: 20_000 });
    expect(await page.getByRole("heading", { name: "Cache hits" }).boundingBox()).toEqual(before);

    await other.goto(`${app.url}/monitoring/calls`);
    await other.getByRole("table", { name: "Calls" }).getByRole("link", { name: "Open" }).last().click();
    await expect(other.getByRole("region", { name: /^Span chat/ })).toBeVisible();
    // Its link, span included, opens for an admin too.
    await page.goto(other.url());
    await expect(page.getByRole("region", { name: /^Span chat/ })).toBeVisible();

    await other.goto(`${app.url}/monitoring?range=1h`);
    await expect(figure(other, "Errors")).toContainText("0 of 10");
    await expect(other.getByRole("region", { name: "Now" })).toHaveCount(0);
    await expect(other.getByRole("link", { name: "Person" })).toHaveCount(0);
  });
});

test("a year's use is by the reader's own days and reachable by keyboard, and a phone shows all of it", async ({
  anotherBrowser,
  hearth,
  ollama,
}) => {
  test.setTimeout(120_000);
  const app = await hearth({ env: { OLLAMA_BASE_URL: (await ollama()).url } });
  await register(app.url, { email: admin, name: "Ada" });
  // 18:45 UTC is a quarter past midnight in India.
  const late = new Date(`${new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)}T18:45:00Z`);
  const next = new Date(late.getTime() + 86_400_000);
  await seedCalls(app, (idOf) => [
    aCall({ startedAt: late, ownerId: idOf(admin) }),
    ...aHundredCalls(minutesAgo(10), { ownerId: idOf(admin), model: "a-model-with-a-rather-long-name/of-some-billions:instruct-q4" }),
  ]);
  const page = await anotherBrowser({ viewport: { width: 390, height: 844 }, timezoneId: "Asia/Kolkata" });
  await signIn(page, app.url, admin);
  await page.goto(`${app.url}/monitoring/usage`);

  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const grid = page.getByRole("grid", { name: "Use by day" });
  await expect(grid.getByRole("link", { name: `${day.format(next)}: 1,500 tokens, 1 call, $0.25` })).toBeAttached();
  await grid.locator("[tabindex='0']").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(":focus")).toHaveAttribute("data-at", "7");
  await expect(grid.getByRole("link")).toHaveCount(365);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^hearth-usage-.*\.csv$/);

  for (const path of ["/monitoring/usage", "/monitoring", "/monitoring?range=30d&by=model", "/monitoring/calls"]) {
    await page.goto(`${app.url}${path}`);
    await expect(page.getByRole("navigation", { name: "Monitoring" })).toBeVisible();
    if (path === "/monitoring") await expect(page.getByRole("application").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    await isAccessible(page, path);
  }
});
