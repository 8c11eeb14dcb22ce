import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { goToTerminals, screens } from "./support/terminal";

const pane = (page: Page) => page.getByRole("region", { name: "Console" });

/** Writes a line once the prompt is there. */
async function write(page: Page, line: string, key = "Enter"): Promise<void> {
  await expect(screens(page)).toContainText(/› [^›]*$/);
  await pane(page).locator(".xterm-helper-textarea").focus();
  await page.keyboard.type(line);
  await page.keyboard.press(key);
}

test("who is no admin has the console: a question streams, Ctrl-C stops it at the model, lines are completed and kept", async ({
  page,
  anotherBrowser,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ tokens: 1_000, intervalMs: 20 });
  const { url } = await hearth({ env: { HEARTH_SIGNUP: "open", OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  const bob = await anotherBrowser();
  await enter(bob, url, { email: "bob@example.org", name: "Bob" });
  await bob.getByRole("button", { name: "Account: Bob" }).click();
  await bob.getByRole("menuitem", { name: "Terminal" }).click();
  await expect(pane(bob)).toBeVisible();
  await expect(bob.getByRole("link", { name: "Shells" })).toHaveCount(0);
  await expect(bob.getByRole("button", { name: "Open a terminal" })).toHaveCount(0);
  await goToTerminals(bob, url);

  await write(bob, "ask Count for me");
  await expect(screens(bob)).toContainText("tok10 ");
  await bob.keyboard.press("Control+c");
  expect(await fake.closedByClient()).toBe(true);
  await expect(screens(bob)).toContainText("Stopped.");

  await write(bob, "mod", "Tab");
  await expect(screens(bob)).toContainText(/› models\s*$/);
  await bob.keyboard.press("Enter");
  await expect(screens(bob)).toContainText("CONTEXT");
  await write(bob, "use ollama/", "Tab");
  await expect(screens(bob)).toContainText(/› use ollama\/\S+\s*$/);
  await bob.keyboard.press("Enter");
  await expect(screens(bob)).toContainText("from now on");

  await fake.behave({ reply: "Forty-two.", intervalMs: 0 });
  await write(bob, "ask What's the answer?");
  await expect(screens(bob)).toContainText("Forty-two.");
  await isAccessible(bob, "console");

  await bob.reload();
  await write(bob, "", "ArrowUp");
  await expect(screens(bob)).toContainText("ask What's the answer?");
  await bob.keyboard.press("Control+u");
  await write(bob, "search answer");
  await expect(screens(bob)).toContainText("hearth chat --id");
});

test("on a phone the console has its keys, and nothing reaches past the side", async ({ anotherBrowser, hearth, ollama }) => {
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: (await ollama()).url } });
  const page = await anotherBrowser({ viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true });
  await enter(page, url);
  await goToTerminals(page, url);
  await write(page, "help", "Enter");
  await expect(screens(page)).toContainText("Tab completes");
  await write(page, "he", "ArrowLeft");
  await page.getByRole("toolbar", { name: "Keys" }).getByRole("button", { name: "Up", exact: true }).tap();
  await expect(screens(page)).toContainText(/› help\s*$/);
  await expect(page.getByRole("heading", { name: "The terminal is off" })).toBeVisible();
  expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth)).toBeLessThanOrEqual(0);
  await isAccessible(page, "console on a phone");
});
