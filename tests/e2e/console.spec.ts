import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { goToTerminals, isConnected, names, run, screens, terminalEnv } from "./support/terminal";

const pane = (page: Page) => page.getByRole("region", { name: "Console" });
const write = (page: Page, line: string) => run(page, line, pane(page));

async function goToConsole(page: Page, url: string): Promise<void> {
  await goToTerminals(page, url);
  await expect(screens(page)).toContainText("hearth>");
}

test("somebody who is no admin has the console: a reply streams, and Ctrl-C stops it at the model's host", async ({ page, newcomer }) => {
  const { url, fake } = await newcomer({ tokens: 1_000, intervalMs: 20 });
  await page.getByRole("button", { name: "Account: Ada" }).click();
  await page.getByRole("menuitem", { name: "Terminal" }).click();
  await expect(page).toHaveURL(`${url}/terminal`);
  await goToConsole(page, url);
  await expect(page.getByRole("button", { name: /New terminal/ })).toHaveCount(0);
  await write(page, "ask What's up, and how?");
  await expect(screens(page)).toContainText("tok0 tok1 ");
  expect(
    fake.requests
      .filter(({ path }) => path === "/api/chat")
      .map(({ body }) => JSON.stringify(body))
      .join(),
  ).toContain("What's up, and how?");
  await page.keyboard.press("Control+c");
  expect(await fake.closedByClient()).toBe(true);
  await expect(screens(page)).toContainText("Stopped.");

  await fake.behave({ reply: "All is well.", intervalMs: 0 });
  await write(page, "ask And now?");
  await expect(screens(page)).toContainText("All is well.");
  await write(page, "search now");
  await expect(screens(page)).toContainText("And now?");
});

test("Tab completes commands and models, what was written is there after a reload, and a chat goes on line by line", async ({
  page,
  newcomer,
}) => {
  const { url, fake } = await newcomer({ reply: "First reply." });
  await goToConsole(page, url);
  await pane(page).locator(".xterm-helper-textarea").focus();
  await page.keyboard.type("mod");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(screens(page)).toContainText("MODEL");
  await page.keyboard.type("use ollama/ll");
  await page.keyboard.press("Tab");
  await expect(screens(page)).toContainText("hearth> use ollama/llama3.2:3b");
  await page.keyboard.press("Enter");
  await expect(screens(page)).toContainText("now use ollama/llama3.2:3b");

  await page.reload();
  await expect(screens(page)).toContainText("hearth>");
  await pane(page).locator(".xterm-helper-textarea").focus();
  await page.keyboard.press("ArrowUp");
  await expect(screens(page)).toContainText("hearth> use ollama/llama3.2:3b");
  await page.keyboard.press("ArrowUp");
  await expect(screens(page)).toContainText("hearth> models");
  await page.keyboard.press("Control+u");
  await page.keyboard.press("Control+r");
  await page.keyboard.type("llama");
  await expect(screens(page)).toContainText("history: llama → use ollama/llama3.2:3b");
  await page.keyboard.press("Escape");
  await expect(screens(page)).not.toContainText("history:");
  await write(page, "use");
  await write(page, "chat");
  await write(page, "Hello there");
  await expect(screens(page)).toContainText("First reply.");
  await fake.behave({ reply: "Second reply." });
  await write(page, "And again");
  await expect(screens(page)).toContainText("Second reply.");
  const [last] = fake.requests.filter(({ path }) => path === "/api/chat").slice(-1);
  expect(JSON.stringify(last?.body)).toMatch(/Hello there.*First reply\..*And again/);
  await page.keyboard.press("Control+d");
  await expect(screens(page)).toContainText("Go on with it: hearth chat --id");
  await write(page, "nonsense");
  await expect(screens(page)).toContainText("There is no command nonsense here.");
  await write(page, "clear");
  await expect(screens(page)).not.toContainText("nonsense");
  await isAccessible(page, "console");
});

test("a paste of several lines runs nothing before Enter, and its lines arrive as they are", async ({ page, newcomer }) => {
  const { url, fake } = await newcomer({ reply: "Read." });
  await goToConsole(page, url);
  const input = pane(page).locator(".xterm-helper-textarea");
  await input.focus();
  await page.keyboard.type("ask ");
  await input.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "one 日本\n  two --three\nmodels\n");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(screens(page)).toContainText("ask one 日本↵  two --three↵models↵");
  await expect(screens(page)).not.toContainText("Read.");
  await page.keyboard.press("Enter");
  await expect(screens(page)).toContainText("Read.");
  const [sent] = fake.requests.filter(({ path }) => path === "/api/chat");
  expect(JSON.stringify(sent?.body)).toContain(JSON.stringify("one 日本\n  two --three\nmodels").slice(1, -1));
});

test("an admin has it as a tab beside shells, and what it shows stays while another is looked at", async ({ page, hearth, ollama }) => {
  const fake = await ollama({ reply: "Still here." });
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await goToTerminals(page, url);
  const tab = page.getByRole("button", { name: "Console", exact: true });
  await tab.click();
  await write(page, "ask Are you there?");
  await expect(screens(page)).toContainText("Still here.");
  await page.getByRole("button", { name: /New terminal/ }).click();
  await isConnected(page);
  await expect(pane(page)).toBeHidden();
  await run(page, "echo from-the-sh''ell");
  await expect(screens(page).filter({ visible: true })).toContainText("from-the-shell");
  await tab.click();
  await expect(tab).toHaveAttribute("aria-current", "true");
  await expect(screens(page).filter({ visible: true })).toContainText("Still here.");
  await names(page).getByRole("button", { name: "sh", exact: true }).click();
  await expect(screens(page).filter({ visible: true })).toContainText("from-the-shell");
});

test("on a phone the console has the keys that a phone lacks, and nothing reaches past the side", async ({ anotherBrowser, newcomer }) => {
  const page = await anotherBrowser({ viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true });
  const { url } = await newcomer({ reply: "From afar." }, page);
  await goToConsole(page, url);
  await write(page, "ask From where?");
  await expect(screens(page)).toContainText("From afar.");
  const keys = page.getByRole("toolbar", { name: "Keys" });
  await keys.getByRole("button", { name: "Up", exact: true }).tap();
  await expect(screens(page)).toContainText(/hearth> ask From where\?.*hearth> ask From where\?/);
  await keys.getByRole("button", { name: "Ctrl", exact: true }).tap();
  await page.keyboard.type("c");
  await expect(screens(page)).toContainText("^C");
  await page.keyboard.type("hel");
  await keys.getByRole("button", { name: "Tab", exact: true }).tap();
  await expect(screens(page)).toContainText("hearth> help");
  expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth)).toBeLessThanOrEqual(0);
  await isAccessible(page, "console on a phone");
});
