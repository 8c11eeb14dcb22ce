import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

const host = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Test ${name}` }) });
const model = (page: Page, id: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Settings of ${id}` }) });

test("a model is pulled with its progress, also over a reload, cancelled, pulled again, and deleted after a question", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ pull: { sizeBytes: 400_000_000, steps: 400, intervalMs: 50 } });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await page.goto(`${url}/settings/models`);
  const begin = async () => {
    await page.getByRole("button", { name: "Pull a model" }).click();
    const form = page.getByRole("dialog", { name: "Pull a model" });
    await form.getByRole("textbox", { name: "Name" }).fill("qwen3");
    await form.getByRole("button", { name: "Choose qwen3:4b" }).click();
    await form.getByRole("button", { name: "Pull", exact: true }).click();
    await expect(form).toHaveCount(0);
  };
  const bar = page.getByRole("progressbar", { name: "Download of qwen3:4b" });
  const share = async () => Number((await bar.getAttribute("aria-valuenow")) ?? 0);
  await begin();
  await expect.poll(share).toBeGreaterThan(2);
  const before = await share();
  await page.reload();
  await expect.poll(share).toBeGreaterThan(before);
  await isAccessible(page, "models, with a download");
  await page.getByRole("button", { name: "Cancel the download of qwen3:4b" }).click();
  await expect(bar).toHaveCount(0);
  expect(await fake.closedByClient()).toBe(true);

  await fake.behave({ pull: { sizeBytes: 1_000, steps: 4, intervalMs: 5 } });
  await begin();
  await expect(model(page, "ollama/qwen3:4b")).toContainText("Tools");

  await model(page, "ollama/qwen3:4b").getByRole("button", { name: "Details of ollama/qwen3:4b" }).click();
  const details = page.getByRole("dialog", { name: "ollama/qwen3:4b" });
  await expect(details).toContainText("Q4_K_M");
  await details.getByText("Licence", { exact: true }).click();
  await expect(details).toContainText("A licence to chat");
  await page.keyboard.press("Escape");

  await model(page, "ollama/qwen3:4b").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(model(page, "ollama/qwen3:4b")).toHaveCount(0);
});

test("while a model loads, and while a host says nothing of a download, a model or a test, settings are saved and the download is cancelled", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ loadMs: 30_000, models: ["a:1b", "b:1b"].map((name) => ({ name, capabilities: ["completion"] })) });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_CONNECT_TIMEOUT_MS: "30000" } });
  await enter(page, url);
  await page.goto(`${url}/settings/models`);
  const load = model(page, "ollama/a:1b").getByRole("button", { name: "Load ollama/a:1b now" });
  await load.click();
  await expect(load).toHaveText("Loading…");
  await model(page, "ollama/b:1b").getByRole("button", { name: "Settings of ollama/b:1b" }).click();
  await page.getByRole("checkbox", { name: /^Ask a second host/ }).check();
  await page.getByRole("dialog", { name: "ollama/b:1b" }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The settings of ollama/b:1b are saved")).toBeVisible();
  await expect(load).toHaveText("Loading…");

  await fake.behave({ misbehave: "hang-always" });
  await page.getByRole("button", { name: "Pull a model" }).click();
  const form = page.getByRole("dialog", { name: "Pull a model" });
  await form.getByRole("textbox", { name: "Name" }).fill("qwen3:4b");
  await form.getByRole("button", { name: "Pull", exact: true }).click();
  await expect(form).toHaveCount(0);
  await page.getByRole("button", { name: "Cancel the download of qwen3:4b" }).click();
  await expect(page.getByText("The download of qwen3:4b is cancelled.")).toBeVisible();

  await page.getByRole("button", { name: "Details of ollama/b:1b" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings of ollama/b:1b" }).click();
  await page.getByRole("checkbox", { name: /^Ask a second host/ }).uncheck();
  await page.getByRole("dialog", { name: "ollama/b:1b" }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog", { name: "ollama/b:1b" })).toHaveCount(0);

  await page.goto(`${url}/settings/hosts`);
  await page.getByRole("button", { name: "Add host" }).click();
  const added = page.getByRole("dialog", { name: "Add a model host" });
  await added.getByRole("textbox", { name: "Address" }).fill(fake.url);
  await added.getByRole("button", { name: "Test" }).click();
  await expect(added.getByRole("button", { name: "Testing…" })).toBeVisible();
  await page.keyboard.press("Escape");
  const check = page.getByRole("button", { name: "Test ollama" });
  await check.click();
  await expect(check).toHaveText("Testing…");
  await page.getByRole("button", { name: "Edit ollama" }).click();
  await page.getByRole("spinbutton", { name: "Calls at once to one model" }).fill("3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(host(page, "ollama")).toContainText("3 calls at once to a model · Saved");
  await expect(check).toHaveText("Testing…");
});

test("what is refused after its dialog was closed is told nevertheless", async ({ page, hearth, ollama }) => {
  const fake = await ollama();
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await page.goto(`${url}/settings/models`);
  const answered = Promise.withResolvers<void>();
  await page.route("**/settings/models", async (route) => {
    if (route.request().method() === "POST") await answered.promise;
    await route.continue();
  });
  await page.getByRole("button", { name: "Settings of ollama/llama3.2:3b" }).click();
  const form = page.getByRole("dialog", { name: "ollama/llama3.2:3b" });
  await form.getByRole("combobox", { name: "Falls back to" }).fill("ollama/llama3.2:3b");
  await form.getByRole("button", { name: "Save" }).click();
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
  answered.resolve();
  await expect(page.getByText("A model cannot fall back to itself.")).toBeVisible();
});

test("fallbacks are put in order by keyboard, and a model for admins is not seen by others", async ({
  page,
  anotherBrowser,
  hearth,
  ollama,
  expectInConsole,
}) => {
  expectInConsole(/404 .*\/settings\//);
  const fake = await ollama({ models: ["a:1b", "b:1b", "c:1b", "d:1b"].map((name) => ({ name, capabilities: ["completion"] })) });
  const { url } = await hearth({ env: { HEARTH_SIGNUP: "open", OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await page.goto(`${url}/settings/models`);
  await model(page, "ollama/a:1b").getByRole("button", { name: "Settings of ollama/a:1b" }).click();
  const form = page.getByRole("dialog", { name: "ollama/a:1b" });
  const field = form.getByRole("combobox", { name: "Falls back to" });
  for (const id of ["ollama/b:1b", "ollama/c:1b"]) {
    await field.fill(id);
    await field.press("Enter");
  }
  const order = form.getByRole("list", { name: "Fallbacks" }).getByRole("listitem");
  await expect(order).toContainText(["ollama/b:1b", "ollama/c:1b"]);
  await form.getByRole("button", { name: "Move ollama/c:1b up" }).focus();
  await page.keyboard.press("Enter");
  await expect(order).toContainText(["ollama/c:1b", "ollama/b:1b"]);
  await expect(form.getByRole("button", { name: "Move ollama/c:1b down" })).toBeFocused();
  await form.getByRole("combobox", { name: /^Who may use it/ }).click();
  await page.getByRole("option", { name: "Admins only" }).click();
  await isAccessible(page, "a model's settings");
  await field.fill("ollama/d:1b");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(model(page, "ollama/a:1b")).toContainText("Admins only");
  await expect(model(page, "ollama/a:1b")).toContainText("Saved: falls back to ollama/c:1b, then ollama/b:1b, then ollama/d:1b");

  const other = await anotherBrowser();
  await enter(other, url, { email: "grace@example.org", name: "Grace" });
  await other.getByRole("button", { name: /^Model:/ }).click();
  await expect(other.getByRole("option", { name: /b:1b/ })).toBeVisible();
  await expect(other.getByRole("option", { name: /a:1b/ })).toHaveCount(0);
  for (const path of ["hosts", "models"]) {
    await other.goto(`${url}/settings/${path}`);
    await expect(other.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  }
});
