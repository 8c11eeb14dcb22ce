import { fillAccount } from "./support/accounts";
import { composer, replies, replyIsDone } from "./support/chat";
import { expect, test } from "./support/journey";

test("the first visit asks for name, email and password alone, and leads to an answer of a real model", async ({ page, hearth }) => {
  const { url } = await hearth({ model: true });

  await page.goto(url);
  await expect(page).toHaveURL(`${url}/welcome`);
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: /^(Name|Email)$/ })).toHaveCount(2);
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "password");
  for (const role of ["combobox", "checkbox", "radio", "spinbutton", "slider", "listbox"] as const)
    await expect(page.getByRole(role)).toHaveCount(0);

  await fillAccount(page, { name: "Ada", email: "ada@example.org" });
  await page.getByRole("button", { name: "Create account and start" }).click();
  await expect(page).toHaveURL(`${url}/chat`);
  await expect(composer(page)).toBeFocused();

  await page.keyboard.type("What is the capital of France?");
  // So small a model may not find an end by itself.
  await page.getByRole("button", { name: "Parameters" }).click();
  await page.getByLabel("Longest reply, in tokens").fill("60");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const reply = replies(page).last();
  await expect(reply).toHaveAttribute("aria-busy", "true");
  await expect(reply).toContainText(/\w+ \w+/);
  const start = ((await reply.textContent()) ?? "").slice(0, 10);
  await replyIsDone(page, 40_000);
  await expect(reply).toContainText(start);
  await expect(reply).toContainText(/(\w+\W+){4}/);
  await expect(reply).toContainText(/SmolLM2/i);
  await expect(reply).toContainText(/\d+ tokens/);

  const stored = await reply.textContent();
  await page.reload();
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page)).toHaveText(stored ?? "");
});
