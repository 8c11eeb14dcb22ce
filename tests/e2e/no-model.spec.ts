import { fillAccount } from "./support/accounts";
import { ask, composer, isAlive, replies } from "./support/chat";
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
  await isAlive(page);
  await composer(page).fill("Is anyone there?");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();

  const fake = await ollama({ reply: "I am here." });
  await page.getByRole("link", { name: "Model hosts" }).click();
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

test("a first run from which no model can be downloaded says so plainly, on the first page and in the chat, and offers to try again", async ({
  page,
  hearth,
}) => {
  // No way out of this machine: a proxy that is not there, and no Python to download with.
  const noNetwork = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1", PATH: "/nowhere" };
  const { url } = await hearth({ env: { ...noHost, ...noNetwork, HEARTH_LOCAL_MODEL: "" } });
  await page.goto(`${url}/welcome`);
  const first = page.getByRole("region", { name: "The model on this machine" });
  await expect(first.getByRole("status")).toContainText(/could not be downloaded|cannot be downloaded|download failed/i, {
    timeout: 20_000,
  });
  await expect(first.getByRole("button", { name: "Try again" })).toBeEnabled();

  await fillAccount(page, { name: "Ada", email: "ada@example.org" });
  await page.getByRole("button", { name: "Create account and start" }).click();
  const notice = page.getByRole("main").getByRole("alert");
  await expect(notice).toContainText(/There is no model to answer yet.*could not be downloaded/);
  await expect(notice.getByRole("link", { name: "Model settings" })).toBeVisible();
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("progressbar", { name: /^Download of/ })).toBeVisible();
});
