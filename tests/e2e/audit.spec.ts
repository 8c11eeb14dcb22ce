import { readFile } from "node:fs/promises";
import { register, signIn } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

const [admin, user] = ["ada@example.org", "grace@example.org"];

test("an admin finds who did what, sees what changed, and takes it along as a file", async ({
  anotherBrowser,
  expectInConsole,
  hearth,
}) => {
  expectInConsole(/503 .*\/readyz/);
  const app = await hearth({ env: { OLLAMA_BASE_URL: "http://127.0.0.1:9", HEARTH_SIGNUP: "open" } });
  await register(app.url, { email: admin, name: "Ada" });
  await register(app.url, { email: user, name: "Grace" });
  const page = await anotherBrowser({ viewport: { width: 1440, height: 900 } });
  await signIn(page, app.url, admin);
  const events = page.getByRole("table", { name: "Events" });

  await test.step("a change made in the settings is there, from what to what", async () => {
    await page.goto(`${app.url}/settings`);
    await page.getByLabel("Name").fill("Ada Lovelace");
    await page.getByRole("button", { name: "Save" }).first().click();
    await page.goto(`${app.url}/monitoring`);
    await page.getByRole("link", { name: "Audit" }).click();
    const row = events.getByRole("row").filter({ hasText: "Name changed" });
    await row.locator("summary").click();
    await expect(row.locator("del")).toHaveText("Ada");
    await expect(row.locator("ins")).toHaveText("Ada Lovelace");
  });

  await test.step("filters are links", async () => {
    await page.locator("select[name=action]").selectOption("account.created");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(events.getByRole("row")).toHaveCount(3);
    await page.reload();
    await expect(events.getByRole("row")).toHaveCount(3);
    await page.getByRole("form", { name: "Filter events" }).getByRole("textbox", { name: "Text" }).fill("GRACE");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(events.getByRole("row")).toHaveCount(2);
    await expect(events).toContainText(user);
  });

  await test.step("the file holds what the view shows, and the export is an event", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "JSON lines" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^hearth-audit-.*\.ndjson$/);
    const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).targetName)).toEqual([user]);
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(events.getByRole("row").filter({ hasText: "Audit log exported" })).toHaveCount(1);
  });

  await test.step("a phone shows it all, and nobody else does", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(events).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await isAccessible(page, "the audit log");
    const other = await anotherBrowser();
    await signIn(other, app.url, user);
    await other.goto(`${app.url}/monitoring`);
    await expect(other.getByRole("link", { name: "Usage" })).toBeVisible();
    await expect(other.getByRole("link", { name: "Audit" })).toHaveCount(0);
    await other.goto(`${app.url}/monitoring/audit`);
    await expect(other.getByRole("heading", { name: "There is no such page" })).toBeVisible();
    expect(await (await other.request.get(`${app.url}/monitoring/audit`)).text()).not.toContain("ada@example.org");
  });
});
