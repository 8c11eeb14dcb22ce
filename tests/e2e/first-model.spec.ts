import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { type FakeHub, fakeHub } from "../support/fake-hub";
import { tinyChatModel } from "../support/gguf";
import { chatModelFile } from "../support/models";
import { enter, fillAccount } from "./support/accounts";
import { composer, isAlive, newChat, replies, replyIsDone } from "./support/chat";
import { expect, test } from "./support/journey";

test.skip(!chatModelFile, "there is no SmolLM2 file on this machine, and npm test could not fetch it");

/** Long enough to see the bar grow twice, on pages that look again every second or so. */
const takesMs = 6_000;

let hub: FakeHub;
test.beforeEach(async ({ expectInConsole }) => {
  // Readiness answers 503 while there is no model.
  expectInConsole(/503 .*\/readyz/);
  hub = await fakeHub(readFileSync(chatModelFile ?? ""), { manners: [{ takesMs }] });
});
test.afterEach(() => hub.close());

const environment = () => ({ OLLAMA_BASE_URL: "http://127.0.0.1:9", HEARTH_LOCAL_MODEL: "", HEARTH_MODEL_MIRROR: hub.mirror });
const bar = (page: Page) => page.getByRole("progressbar", { name: "Download of SmolLM2 135M" });

/** Waits until the bar has grown twice. */
async function expectToGrow(page: Page): Promise<void> {
  const share = async () => Number((await bar(page).getAttribute("aria-valuenow")) ?? 0);
  for (let step = 0; step < 2; step += 1) {
    const before = await share();
    await expect.poll(share).toBeGreaterThan(before);
  }
}

test("on the first page the default model's download is seen to advance beside the best fit for this machine, and the model answers", async ({
  page,
  hearth,
}) => {
  const { url } = await hearth({ env: environment() });
  await page.goto(url);
  await expect(page).toHaveURL(`${url}/welcome`);
  const first = page.getByRole("region", { name: "The model on this machine" });
  await expect(first).toContainText("Downloading SmolLM2 135M");
  await expect(first).toContainText(`from ${new URL(hub.mirror).host}`);
  await expect(first).toContainText(/Recommended here: \w+/);
  await expect(first.getByRole("button", { name: /^Get it/ })).toBeEnabled();
  await expectToGrow(page);

  await fillAccount(page, { name: "Ada", email: "ada@example.org" });
  await page.getByRole("button", { name: "Create account and start" }).click();
  await expect(page).toHaveURL(`${url}/chat`);
  await isAlive(page);
  await composer(page).fill("What is the capital of France?");
  await page.getByRole("button", { name: "Parameters" }).click();
  await page.getByLabel("Longest reply, in tokens").fill("20");
  await page.keyboard.press("Escape");
  const send = page.getByRole("button", { name: "Send", exact: true });
  await expect(send).toBeEnabled({ timeout: 30_000 });
  await send.click();
  await expect(replies(page).last()).toContainText(/\w+ \w+/, { timeout: 30_000 });
  await replyIsDone(page, 40_000);
  await expect(replies(page).last()).toContainText(/SmolLM2/i);
});

test("an admin picks a model of the catalogue with a click and sees its progress, while the one before stays in use until it is there", async ({
  page,
  hearth,
}) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "hearth-app-"));
  writeFileSync(path.join(dataDir, "mine.gguf"), tinyChatModel(10_000));
  const { url } = await hearth({ env: environment(), dataDir });
  await enter(page, url);
  const picker = page.getByRole("button", { name: /^Model: / });
  await expect(picker).toHaveText("mine");
  await page.goto(`${url}/settings/models`);
  const row = (name: string) => page.getByRole("region", { name: "Embedded model" }).getByRole("listitem").filter({ hasText: name });
  await expect(row("mine.gguf")).toContainText("In use");

  await row("SmolLM2 135M").getByRole("button", { name: "Get SmolLM2 135M" }).click();
  await expect(row("SmolLM2 135M")).toContainText("On its way");
  await expectToGrow(page);
  await expect(row("mine.gguf")).toContainText("In use");
  await expect(row("SmolLM2 135M")).toContainText("In use", { timeout: 30_000 });
  await expect(bar(page)).toBeHidden();
  await expect(row("mine.gguf").getByRole("button", { name: "Use", exact: true })).toBeEnabled();

  await newChat(page, url);
  await picker.click();
  await expect(page.getByRole("option", { name: /SmolLM2/i })).toHaveAttribute("aria-selected", "true");
});
