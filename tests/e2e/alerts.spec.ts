import { webhookReceiver } from "../support/webhook-receiver";
import { register, signIn } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

/** So that the test need not wait for what is looked at four times a minute. */
const often = { HEARTH_HOST_CHECK_MS: "500", HEARTH_ALERT_EVERY_MS: "500" };

test("an admin is told of a host that went down, by a bell and a webhook, and that it came back", async ({
  anotherBrowser,
  expectInConsole,
  hearth,
  ollama,
}) => {
  test.setTimeout(120_000);
  expectInConsole(/503 .*\/readyz/);
  const [fake, receiver] = [await ollama(), await webhookReceiver()];
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_SIGNUP: "open", ...often } });
  await register(app.url, { email: "ada@example.org", name: "Ada" });
  await register(app.url, { email: "grace@example.org", name: "Grace" });
  const page = await anotherBrowser({ viewport: { width: 1440, height: 900 } });
  await signIn(page, app.url);
  await page.goto(`${app.url}/monitoring/alerts`);
  const events = () => receiver.received.map(({ text }) => JSON.parse(text).event as string);

  await test.step("a webhook is added, tells its secret once, and takes a test", async () => {
    await page.getByRole("button", { name: "Add a webhook" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Pager");
    await page.getByRole("dialog").getByLabel("Address").fill(receiver.url);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status", { name: "Secret", exact: true })).toHaveText(/^whsec_/);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Test Pager" }).click();
    await expect(page.getByText("Pager took the test.")).toBeVisible();
    expect(events()).toEqual(["test"]);
    await expect(page.locator("body")).not.toContainText("hidden-in-the-address");
  });

  await test.step("a rule is changed", async () => {
    const rules = page.getByRole("list", { name: "Alert rules" });
    await expect(rules.getByRole("listitem")).toHaveCount(8, { timeout: 30_000 });
    await page.getByRole("button", { name: "Change A host does not answer" }).click();
    await page.getByRole("dialog").getByLabel("For at least, in seconds").fill("0");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(rules.getByRole("listitem").filter({ hasText: "A host does not answer" })).not.toContainText("for 30 s");
  });

  await test.step("the host goes down, and it is told", async () => {
    await fake.behave({ misbehave: "refuse" });
    const now = page.getByRole("list", { name: "Alerts now" });
    await expect(now.getByText("Firing")).toBeVisible({ timeout: 60_000 });
    await expect.poll(events).toEqual(["test", "firing"]);
    await page.reload();
    await page.getByRole("link", { name: "1 alert fires" }).click();
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(now).toContainText("seen by Ada");
    await expect(page.getByRole("link", { name: "1 alert fires" })).toHaveCount(0);
  });

  await test.step("the host comes back, and that is told too", async () => {
    await fake.behave({ misbehave: undefined });
    await expect(page.getByRole("table", { name: "History" })).toContainText("A host does not answer: ollama", { timeout: 60_000 });
    await expect.poll(events).toEqual(["test", "firing", "resolved"]);
  });

  await test.step("a phone shows it all, and nobody else does", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await isAccessible(page, "alerts");
    const other = await anotherBrowser();
    await signIn(other, app.url, "grace@example.org");
    await other.goto(`${app.url}/monitoring/alerts`);
    await expect(other.getByRole("heading", { name: "There is no such page" })).toBeVisible();
    expect(await (await other.request.get(`${app.url}/monitoring/alerts`)).text()).not.toContain("A breaker is open");
    expect((await other.request.get(`${app.url}/api/v1/alerts`)).status()).toBe(403);
  });
  await receiver.close();
});
