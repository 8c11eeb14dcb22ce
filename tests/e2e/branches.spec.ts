import type { Locator } from "@playwright/test";
import { ask, messages, replies, replyIsDone } from "./support/chat";
import { expect, test } from "./support/journey";

const versions = (message: Locator) => message.getByRole("group", { name: "Versions" });
const previous = (message: Locator) => message.getByRole("button", { name: "Previous version" });
const next = (message: Locator) => message.getByRole("button", { name: "Next version" });

test("regenerating and editing make versions to go back and forth between, nothing is lost, and a reload stays on the branch", async ({
  page,
  newcomer,
}) => {
  const { fake } = await newcomer({ reply: "The first answer." });
  await ask(page, "The first question");
  await expect(replies(page)).toContainText("The first answer.");
  await expect(versions(replies(page))).toHaveCount(0);

  await test.step("regenerate", async () => {
    await fake.behave({ reply: "The second answer." });
    await replies(page).getByRole("button", { name: "Regenerate", exact: true }).click();
    await expect(replies(page)).toContainText("The second answer.");
    await replyIsDone(page);
    await expect(replies(page)).toHaveCount(1);
    await expect(versions(replies(page))).toContainText("2/2");
    await expect(next(replies(page))).toBeDisabled();
    await previous(replies(page)).click();
    await expect(replies(page)).toContainText("The first answer.");
    await expect(versions(replies(page))).toContainText("1/2");
    await expect(previous(replies(page))).toBeDisabled();
    await next(replies(page)).click();
    await expect(replies(page)).toContainText("The second answer.");
  });

  await test.step("edit and resend", async () => {
    await fake.behave({ reply: "The third answer." });
    await messages(page).hover();
    await messages(page).getByRole("button", { name: "Edit" }).click();
    const editor = page.getByRole("textbox", { name: "Edit message" });
    await expect(editor).toBeFocused();
    await expect(editor).toHaveValue("The first question");
    await editor.fill("The changed question");
    await editor.press("Enter");
    await expect(replies(page)).toContainText("The third answer.");
    await replyIsDone(page);
    await expect(messages(page)).toContainText("The changed question");
    await expect(versions(messages(page))).toContainText("2/2");
    await expect(versions(replies(page))).toHaveCount(0);
    expect(JSON.stringify(fake.chats.at(-1)?.body)).not.toContain("The first question");
  });

  await test.step("back to the first question, with both of its answers", async () => {
    await previous(messages(page)).click();
    await expect(messages(page)).toContainText("The first question");
    await expect(replies(page)).toContainText("The second answer.");
    await expect(versions(replies(page))).toContainText("2/2");
    await previous(replies(page)).click();
    await expect(replies(page)).toContainText("The first answer.");
  });

  await test.step("a reload stays on the branch", async () => {
    await page.reload();
    await expect(messages(page)).toContainText("The first question");
    await expect(replies(page)).toContainText("The first answer.");
    await expect(versions(replies(page))).toContainText("1/2");
    await next(messages(page)).click();
    await expect(messages(page)).toContainText("The changed question");
    await expect(replies(page)).toContainText("The third answer.");
    await page.reload();
    await expect(messages(page)).toContainText("The changed question");
    await expect(versions(messages(page))).toContainText("2/2");
  });
});
