import { enter } from "./support/accounts";
import { expect, test } from "./support/journey";

test("an admin changes how many calls may wait, sees where each limit comes from, and takes the defaults back", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama();
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_IDLE_TIMEOUT_MS: "45000" } });
  await enter(page, url);
  await page.goto(`${url}/settings/limits`);
  const card = page.getByLabel("Calls to models", { exact: true });
  const inLine = card.getByRole("spinbutton", { name: "Calls in line for one model" });
  const saved = card.getByText("Saved", { exact: true });
  await expect(inLine).toHaveValue("100");
  await expect(card.getByRole("spinbutton", { name: "Silence in a reply, in seconds" })).toBeDisabled();
  await expect(card).toContainText("HEARTH_IDLE_TIMEOUT_MS sets it.");

  await inLine.fill("7");
  await card.getByRole("spinbutton", { name: "Longest wait in line, in seconds" }).fill("1.5");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(saved).toHaveCount(2);
  await page.reload();
  await expect(inLine).toHaveValue("7");
  await expect(card.getByRole("spinbutton", { name: "Longest wait in line, in seconds" })).toHaveValue("1.5");
  await card.getByRole("button", { name: "Use the defaults" }).click();
  const question = page.getByRole("alertdialog", { name: "Use the defaults?" });
  await expect(question).toContainText("Calls in line for one model: 7 · Longest wait in line, in seconds: 1.5");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(saved).toHaveCount(2);
  await card.getByRole("button", { name: "Use the defaults" }).click();
  await question.getByRole("button", { name: "Use the defaults" }).click();
  await expect(saved).toHaveCount(0);
  await expect(inLine).toHaveValue("100");
});

test("a model shows the limits and budgets that are for it", async ({ page, hearth, ollama }) => {
  const fake = await ollama();
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  const subject = { subjectKind: "model", subjectId: "ollama/llama3.2:3b" };
  const set = (what: string, data: Record<string, unknown>) =>
    page.context().request.post(`${url}/api/v1/${what}`, { data: { ...subject, ...data }, headers: { origin: url } });
  expect((await set("limits", { requestsPerMinute: 60, parallel: 4 })).status()).toBe(201);
  expect((await set("budgets", { period: "month", limitUsd: 20 })).status()).toBe(201);
  await page.goto(`${url}/settings/models`);
  const allowance = "at most 60 requests a minute, 4 at once";
  await expect(page.getByRole("list", { name: "Models" })).toContainText(`Saved: ${allowance} · a budget of $20.00 a month`);
  await page.getByRole("button", { name: "Settings of ollama/llama3.2:3b" }).click();
  await expect(page.getByRole("dialog", { name: "ollama/llama3.2:3b" })).toContainText(allowance);
});
