import type { Locator, Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";

/** Chooses from a list of a form. */
async function choose(page: Page, form: Locator, name: string, option: string): Promise<void> {
  await form.getByRole("combobox", { name, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Deletes the one entry of a card, once with a change of mind. */
async function deleteOnly(page: Page, card: Locator, question: string): Promise<void> {
  const asked = page.getByRole("alertdialog", { name: question });
  for (const answer of ["Cancel", "Delete"]) {
    await expect(card.getByRole("listitem")).toHaveCount(1);
    await card.getByRole("button", { name: "Delete" }).click();
    await asked.getByRole("button", { name: answer }).click();
  }
  await expect(card.getByRole("listitem")).toHaveCount(0);
}

test("an admin sets, changes and deletes the chat limit, a group, and its limits and budget", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: (await ollama()).url, HEARTH_CHAT_PER_MINUTE: "" } });
  await enter(page, url);
  await page.goto(`${url}/settings/limits`);
  const dialog = page.getByRole("dialog");
  const save = async () => {
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
  };

  await test.step("the chat limit", async () => {
    const chat = page.getByRole("region", { name: "Chat" });
    const perMinute = chat.getByRole("spinbutton", { name: "Messages a minute" });
    await expect(perMinute).toHaveValue("10");
    await perMinute.fill("25");
    await chat.getByRole("button", { name: "Save" }).click();
    await expect(chat.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(perMinute).toHaveValue("25");
    await chat.getByRole("button", { name: "Use the defaults" }).click();
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText("What is saved is deleted: Messages a minute: 25");
    await question.getByRole("button", { name: "Use the defaults" }).click();
    await expect(perMinute).toHaveValue("10");
    await expect(chat.getByText("Default", { exact: true })).toBeVisible();
  });

  const groups = page.getByRole("region", { name: "Groups" });
  await test.step("a group", async () => {
    await groups.getByRole("button", { name: "Add group" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Writers");
    await save();
    await expect(groups.getByRole("listitem")).toContainText("Nobody yet");
    await groups.getByRole("button", { name: "Edit" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Poets");
    await dialog.getByRole("checkbox", { name: "ada@example.org" }).check();
    await save();
    await expect(groups.getByRole("listitem")).toContainText("Poetsada@example.org");
  });

  const limits = page.getByRole("region", { name: "Limits", exact: true });
  await test.step("its limits", async () => {
    await limits.getByRole("button", { name: "Add limits" }).click();
    await choose(page, dialog, "For", "A group");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByText("Set at least one of the limits")).toBeVisible();
    await dialog.getByRole("spinbutton", { name: "Requests a minute" }).fill("60");
    await save();
    await expect(limits.getByRole("listitem")).toContainText("60 requests a minute");
    await limits.getByRole("button", { name: "Edit" }).click();
    await dialog.getByRole("spinbutton", { name: "Requests a minute" }).fill("");
    await dialog.getByRole("spinbutton", { name: "Calls at once" }).fill("4");
    await save();
    await expect(limits.getByRole("listitem")).toContainText("PoetsGroup4 at once");
  });

  const budgets = page.getByRole("region", { name: "Budgets" });
  await test.step("its budget", async () => {
    await budgets.getByRole("button", { name: "Add budget" }).click();
    await choose(page, dialog, "For", "A group");
    await choose(page, dialog, "For each", "Day");
    await dialog.getByRole("spinbutton", { name: "US dollars" }).fill("20");
    await save();
    await expect(budgets.getByRole("listitem")).toContainText("$20.00 a day · $0.00 of $20.00 used (0 %)");
    await budgets.getByRole("button", { name: "Edit" }).click();
    await dialog.getByRole("spinbutton", { name: "Tokens" }).fill("5000");
    await dialog.getByRole("checkbox", { name: /^Refuse calls/ }).uncheck();
    await save();
    await expect(budgets.getByRole("listitem")).toContainText("Only warns");
    await expect(budgets.getByRole("listitem")).toContainText("$20.00 and 5,000 tokens a day");
    await isAccessible(page, "limits, budgets and groups");
  });

  await test.step("all of it is deleted", async () => {
    await page.reload();
    await deleteOnly(page, budgets, "Delete the budget of Poets?");
    await deleteOnly(page, limits, "Delete the limits of Poets?");
    await deleteOnly(page, groups, "Delete Poets?");
  });
});
