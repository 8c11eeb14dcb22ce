import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { replies, replyIsDone, send } from "./support/chat";
import { expect, test } from "./support/journey";

const models = [
  { name: "llama3.2:3b", capabilities: ["completion", "tools"], contextLength: 131_072, loaded: true },
  { name: "qwen2.5-coder:7b", capabilities: ["completion", "tools"], contextLength: 32_768 },
];
const code = "Write a Python function that merges two sorted lists.";

async function isAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
}

test("Auto takes code to the coder and says why; a vote stays, and an admin sees it, sets a rule and tries it", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ models });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await page.getByRole("button", { name: /^Model:/ }).click();
  const auto = page.getByRole("option").first();
  await expect(auto).toContainText("Chooses the model that suits each message");
  await auto.click();
  await expect(page.getByRole("button", { name: "Model: Auto" })).toBeVisible();
  await send(page, code);
  await replyIsDone(page);
  const reply = replies(page).last();
  await expect(reply).toContainText("auto: code → ollama/qwen2.5-coder:7b: made for code");

  const good = reply.getByRole("button", { name: "Good reply" });
  await good.focus();
  await page.keyboard.press("Enter");
  await expect(good).toHaveAttribute("aria-pressed", "true");
  await reply.getByRole("button", { name: "Bad reply" }).click();
  await expect(good).toHaveAttribute("aria-pressed", "false");
  await good.click();
  await expect(good).toHaveAttribute("aria-pressed", "true");
  await isAccessible(page);
  await page.reload();
  await expect(reply.getByRole("button", { name: "Good reply" })).toHaveAttribute("aria-pressed", "true");
  await expect(reply).toContainText("auto: code →");
  await expect(page.getByRole("button", { name: "Model: Auto" })).toBeVisible();

  await page.goto(`${url}/settings/models`);
  const card = page.getByRole("region", { name: "Automatic routing" });
  await expect(card.getByRole("listitem")).toContainText(/Code ollama\/qwen2\.5-coder:7b\s*1 good\s*0 bad/);
  await card.getByRole("combobox", { name: "Code" }).click();
  await page.getByRole("option", { name: "ollama/llama3.2:3b" }).click();
  await card.getByRole("combobox", { name: "Preference" }).click();
  await page.getByRole("option", { name: /^Best/ }).click();
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card.getByText("Saved", { exact: true })).toHaveCount(2);
  await card.getByRole("textbox", { name: "Try it" }).fill(code);
  await card.getByRole("button", { name: "Decide" }).click();
  await expect(card.getByRole("status")).toContainText("code → ollama/llama3.2:3b: by this server's rule");
  await expect(card.getByRole("status")).toContainText("preferring best");
  await isAccessible(page);
  await card.getByRole("button", { name: "Use the defaults" }).click();
  const question = page.getByRole("alertdialog", { name: "Use the defaults?" });
  await expect(question).toContainText("Preference: Best: the most able model · Code: ollama/llama3.2:3b");
  await question.getByRole("button", { name: "Use the defaults" }).click();
  await expect(card.getByText("Saved", { exact: true })).toHaveCount(0);
});
