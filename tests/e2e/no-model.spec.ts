import { fillAccount } from "./support/accounts";
import { ask, composer, replies } from "./support/chat";
import { expect, test } from "./support/journey";

const noHost = { OLLAMA_BASE_URL: "http://127.0.0.1:9" };

test.beforeEach(({ expectInConsole }) => {
  // Readiness answers 503 with the hosts that are down; the browser logs every such answer by itself.
  expectInConsole(/503 .*\/readyz/);
});

test("a first run with no model says so plainly, and answers as soon as an admin has added a host", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: noHost });
  await page.goto(url);
  await expect(page.getByRole("region", { name: "The model on this machine" })).toContainText("HEARTH_LOCAL_MODEL");
  await fillAccount(page, { name: "Ada", email: "ada@example.org" });
  await page.getByRole("button", { name: "Create account and start" }).click();
  await expect(page.getByRole("status").filter({ hasText: "There is no model to answer yet" })).toBeVisible();
  await composer(page).fill("Is anyone there?");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();

  const fake = await ollama({ reply: "I am here." });
  await page.getByRole("link", { name: "Model settings" }).click();
  await page.getByRole("button", { name: "Add host" }).click();
  const form = page.getByRole("dialog", { name: "Add a model host" });
  await form.getByRole("textbox", { name: "Name" }).fill("gpu-box");
  await form.getByRole("textbox", { name: "Address" }).fill(fake.url);
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByRole("status")).toContainText(/1 model/);
  await form.getByRole("button", { name: "Add host" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("listitem").filter({ hasText: fake.url })).toContainText("gpu-box1 model");

  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(composer(page)).toHaveValue("Is anyone there?");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await ask(page, "Is anyone there?");
  await expect(replies(page)).toContainText("I am here.");
});
