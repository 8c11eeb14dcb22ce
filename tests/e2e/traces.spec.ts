import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { otlpTraces } from "../support/otlp-receiver";
import { enter, register, signIn } from "./support/accounts";
import { ask, composer, replies, send, stopButton } from "./support/chat";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

const [admin, user] = ["ada@example.org", "grace@example.org"];
const tree = (page: Page) => page.getByRole("tree", { name: "Spans" });
const toolReply = { toolCalls: [{ name: "calculator", input: { expression: "6 * 7" } }], reply: "It is 42, as marzipan is sweet." };

async function openTrace(page: Page) {
  await replies(page).last().getByRole("link", { name: "Trace" }).click();
  await expect(tree(page)).toBeVisible();
}

test("from a reply one comes to its trace, walks it by keyboard, hands on its link and takes it along", async ({
  anotherBrowser,
  hearth,
  ollama,
  expectInConsole,
}) => {
  test.setTimeout(120_000);
  expectInConsole(/404/);
  const fake = await ollama(toolReply);
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_SIGNUP: "open", HEARTH_TRACE_CONTENT: "on" } });
  const page = await anotherBrowser({ viewport: { width: 1440, height: 900 } });
  await enter(page, app.url, { email: admin, name: "Ada" });
  await register(app.url, { email: user, name: "Grace" });
  await ask(page, "What is 6 times 7?");
  await openTrace(page);

  await test.step("the tree has every part, and a span's words and figures", async () => {
    const rows = tree(page).getByRole("treeitem");
    await expect(rows).toHaveCount(11);
    await expect(rows.nth(0)).toHaveAccessibleName(/^Reply, reply, .*(ms|s)$/);
    await expect(tree(page).getByRole("treeitem", { name: /^calculator, tool/ })).toHaveAttribute("aria-level", "3");
    await rows.nth(0).focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("region", { name: /^Span chat ollama/ });
    await expect(panel).toContainText("gen_ai.usage.input_tokens");
    await expect(panel.getByRole("region", { name: "Input" })).toContainText("What is 6 times 7?");
    await expect(page).toHaveURL(/\?span=[0-9a-f-]{36}$/);
    await isAccessible(page, "a trace with an open span");
    await page.keyboard.press("ArrowLeft");
    await expect(rows).toHaveCount(10);
    await page.keyboard.press("ArrowRight");
    await expect(rows).toHaveCount(11);
    const act = tree(page).getByRole("treeitem", { name: /^act, step/ });
    for (const count of [10, 11]) {
      await act.locator("button").click();
      await expect(rows).toHaveCount(count);
    }
    await expect(panel).toBeVisible();
    await rows.nth(3).focus();
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await page.keyboard.press("Enter");
  });

  await test.step("the link leads to the same span, for nobody else", async () => {
    const link = page.url();
    await page.reload();
    await expect(page.getByRole("region", { name: /^Span chat ollama/ })).toBeVisible();
    const other = await anotherBrowser();
    await signIn(other, app.url, user);
    await other.goto(link);
    await expect(tree(other)).toHaveCount(0);
    await other.goto(`${app.url}/monitoring/traces`);
    await expect(other.getByText(/No trace of this time fits/)).toBeVisible();
  });

  await test.step("the file is OTLP", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "OTLP JSON" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^hearth-trace-[0-9a-f-]{36}\.json$/);
    const parsed = otlpTraces.parse(JSON.parse(await readFile(await file.path(), "utf8")));
    expect(parsed.resourceSpans[0]?.scopeSpans[0]?.spans).toHaveLength(11);
  });

  await test.step("the list is narrowed by what a form and a link say", async () => {
    await page.goto(`${app.url}/monitoring/traces`);
    const form = page.getByRole("form", { name: "Filter traces" });
    await form.getByLabel("Text").fill("marzipan");
    await form.getByLabel("With a").selectOption("Tool");
    await form.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/kind=tool/);
    await expect(page.getByRole("link", { name: "Reply", exact: true })).toHaveCount(1);
    await isAccessible(page, "the list of traces");
    await page.goto(`${app.url}/monitoring/traces?text=nougat`);
    await expect(page.getByText(/No trace of this time fits/)).toBeVisible();
  });
});

test("a trace grows while its reply is written, and a phone shows all of it", async ({ anotherBrowser, hearth, ollama }) => {
  test.setTimeout(120_000);
  const fake = await ollama({ tokens: 400, intervalMs: 50 });
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  const page = await anotherBrowser({ viewport: { width: 390, height: 844 } });
  await enter(page, app.url, { email: admin, name: "Ada" });
  await send(page, "Count");
  await expect(stopButton(page)).toBeVisible();
  await page.goto(`${app.url}/monitoring/traces?status=running`);
  await page.getByRole("link", { name: "Reply", exact: true }).click();
  await expect(tree(page).getByRole("treeitem", { name: /^Reply, .*running$/ })).toBeVisible();
  const rows = tree(page).getByRole("treeitem");
  await rows.first().click();
  await expect(page.getByText("What was said is not kept")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await isAccessible(page, "a trace that goes on");
  await fake.behave({ tokens: 1 });
  await page.getByRole("link", { name: "Open the chat" }).click();
  await expect(composer(page)).toBeVisible();
  await stopButton(page).click();
  await openTrace(page);
  await expect(tree(page).getByRole("treeitem", { name: /^Reply, .*stopped$/ })).toBeVisible();
  await page.goto(`${app.url}/monitoring/traces`);
  await expect(page.getByRole("table")).toContainText("Stopped");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("an admin says whose words traces keep and for how long, and sees where that comes from", async ({ page, hearth, ollama }) => {
  const fake = await ollama({ reply: "Marzipan." });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_TRACE_KEEP_DAYS: "30" } });
  await enter(page, url, { email: admin, name: "Ada" });
  await page.goto(`${url}/settings/monitoring`);
  const card = page.getByRole("region", { name: "Traces" });
  await expect(card).toContainText("HEARTH_TRACE_KEEP_DAYS sets it");
  await card.getByRole("combobox", { name: "Whose words are kept" }).click();
  await page.getByRole("option", { name: "Everyone’s" }).click();
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("Saved");
  await page.goto(`${url}/chat`);
  await ask(page, "What is sweet?");
  await openTrace(page);
  await tree(page).getByRole("treeitem").first().click();
  await expect(page.getByRole("region", { name: "Output" })).toContainText("Marzipan.");
});
