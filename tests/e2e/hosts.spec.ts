import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

const host = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Test ${name}` }) });

/** Asks the fake Ollama's model over REST, as the one who is signed in. */
const askOnce = (page: Page, url: string) =>
  page.context().request.post(`${url}/v1/chat/completions`, {
    data: { model: "llama3.2:3b", messages: [{ role: "user", content: "Hi" }] },
    headers: { origin: url },
  });

test("a host is added after a test, its health is seen, and it is deleted only after a question", async ({
  page,
  hearth,
  ollama,
  expectInConsole,
}) => {
  expectInConsole(/503 .*\/readyz/);
  expectInConsole(/400 .*\/upstreams\/check/);
  const box = await ollama();
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: "http://127.0.0.1:9" } });
  await enter(page, url);
  await page.goto(`${url}/settings/hosts`);
  await expect(host(page, "ollama")).toContainText("Environment");
  await expect(host(page, "ollama")).toContainText("Does not answer");

  await page.getByRole("button", { name: "Add host" }).click();
  const form = page.getByRole("dialog", { name: "Add a model host" });
  await form.getByRole("textbox", { name: "Name" }).fill("gpu-box");
  await form.getByRole("textbox", { name: "Address" }).fill(box.url);
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByRole("status")).toContainText("with 1 model");
  await form.getByRole("textbox", { name: "Address" }).fill("no address");
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByRole("textbox", { name: "Address" })).toHaveAttribute("aria-invalid", "true");
  await form.getByRole("textbox", { name: "Address" }).fill(box.url);
  await form.getByRole("textbox", { name: "Name" }).fill("ollama");
  await form.getByRole("button", { name: "Add host" }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await form.getByRole("button", { name: "Test" }).click();
  await expect(form.getByRole("status")).toContainText("with 1 model");
  await expect(form.getByRole("alert")).toHaveCount(0);
  await form.getByRole("textbox", { name: "Name" }).fill("gpu-box");
  await form.getByRole("button", { name: "Add host" }).click();

  const added = host(page, "gpu-box");
  await expect(added).toContainText("1 model");
  await expect(added).toContainText(/\d+ ms/);
  await expect(added).toContainText("Saved");
  await expect(added).toContainText("No call is under way or in line · breakers closed");
  await expect(added).toContainText("llama3.2:3b in memory · 2.1 GB of graphics memory");
  await added.getByRole("button", { name: "Unload llama3.2:3b" }).click();
  await expect(added).not.toContainText("in memory");
  expect(box.requests.find(({ path }) => path === "/api/generate")?.body).toMatchObject({ keep_alive: 0 });

  await added.getByRole("button", { name: "Edit gpu-box" }).click();
  await page.getByRole("spinbutton", { name: "Calls at once to one model" }).fill("3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(added).toContainText("3 calls at once to a model · Saved");
  await isAccessible(page, "hosts");

  await added.getByRole("button", { name: "Delete gpu-box" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await expect(added).toBeVisible();
  await added.getByRole("button", { name: "Delete gpu-box" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(added).toHaveCount(0);
});

test("a model that keeps failing at a host is seen to be left alone, and its breaker is closed by hand", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ misbehave: "server-error" });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  const ask = () => askOnce(page, url);
  for (let call = 0; call < 7; call++) await ask();
  await page.goto(`${url}/settings/hosts`);
  const row = host(page, "ollama");
  await expect(row).toContainText(/ollama\/llama3\.2:3b is (left alone for \d+ more seconds?|tried again with the next call)/);
  await expect(row).toContainText("It kept failing.");
  await fake.behave({ misbehave: undefined });
  await row.getByRole("button", { name: "Close the breaker of ollama/llama3.2:3b" }).click();
  await expect(row).not.toContainText("It kept failing.");
  expect((await ask()).status()).toBe(200);
});

test("a model whose host asked for patience is seen to be left alone, and is asked for again by hand", async ({ page, hearth, ollama }) => {
  const fake = await ollama({ misbehave: "rate-limit", retryAfter: "600" });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  const ask = () => askOnce(page, url);
  await ask();
  await page.goto(`${url}/settings/hosts`);
  const row = host(page, "ollama");
  await expect(row).toContainText("ollama/llama3.2:3b is left alone for 10 more minutes");
  await fake.behave({ misbehave: undefined });
  await row.getByRole("button", { name: "Ask ollama for ollama/llama3.2:3b again now" }).click();
  await expect(row).not.toContainText("is left alone");
  expect((await ask()).status()).toBe(200);
});
