import { ask, chats, composer, messages, newChat, openAgain, replies, replyIsDone, send, stopButton } from "./support/chat";
import { expect, test } from "./support/journey";

test("Escape stops the reply from anywhere on the page, unless a menu, a dialog or an editor takes it", async ({ page, newcomer }) => {
  const { fake } = await newcomer({ tokens: 2_000, intervalMs: 20 });
  await send(page, "Count");
  await expect(replies(page)).toContainText("tok3 ");
  await page.getByRole("button", { name: /^Model: / }).click();
  await expect(page.getByRole("combobox", { name: "Search models" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Search models" })).toBeHidden();
  await page.getByRole("textbox", { name: "Search chats" }).fill("count");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("textbox", { name: "Search chats" })).toHaveValue("");
  await expect(stopButton(page)).toBeVisible();
  await page.getByRole("region", { name: "Messages" }).focus();
  await page.keyboard.press("Escape");
  await expect(replies(page)).toContainText("Stopped");
  expect(await fake.closedByClient(500)).toBe(true);
});

test("a chat is begun, stopped, edited and left with the keyboard alone", async ({ page, newcomer }) => {
  const { url, fake } = await newcomer({ tokens: 1_000, intervalMs: 20 });
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("One line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("and another");
  await expect(composer(page)).toHaveValue("One line\nand another");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toBeFocused();
  await expect(replies(page)).toContainText("tok3 ");
  await page.keyboard.press("Escape");
  await replyIsDone(page);
  await expect(replies(page)).toContainText("Stopped");
  expect(await fake.closedByClient(500)).toBe(true);

  await fake.behave({ reply: "A better answer.", intervalMs: 0 });
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  const editor = page.getByRole("textbox", { name: "Edit message" });
  await expect(editor).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(editor).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(editor).toBeFocused();
  await page.keyboard.type(", changed");
  await page.keyboard.press("Enter");
  await expect(messages(page)).toContainText("and another, changed");
  await expect(replies(page)).toContainText("A better answer.");
  await expect(stopButton(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();

  await test.step("to the first link and past the sidebar", async () => {
    await page.reload();
    await expect(composer(page)).toBeFocused();
    await page.getByRole("link", { name: "New chat" }).first().focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${url}/chat`);
    await expect(composer(page)).toBeFocused();
  });
});

test("a menu's first use takes the focus from its button straight into the menu, and Escape gives it back", async ({ page, newcomer }) => {
  await newcomer({ reply: "Bread." });
  await ask(page, "How is bread made?");
  await openAgain(page);
  const button = page.getByRole("button", { name: /^Options for / });
  await button.focus();
  const lost = page.evaluate(framesWithoutFocus);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  expect(await lost).toBe(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeHidden();
  await expect(button).toBeFocused();
});

test("a chat is renamed and deleted with the keyboard alone, and the focus stays in the list", async ({ page, newcomer }) => {
  const { url } = await newcomer({ nextReplies: ["Bread.", "Bread", "Cake.", "Cake"] });
  await ask(page, "How is bread made?");
  await expect(chats(page).getByRole("link", { name: "Bread", exact: true })).toBeVisible();
  await newChat(page, url);
  await ask(page, "How is a cake made?");
  await expect(chats(page).getByRole("link")).toHaveText(["Cake", "Bread"]);
  const options = (title: string) => page.getByRole("button", { name: `Options for ${title}` });
  const pick = async (title: string, item: string) => {
    await options(title).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press(item === "Rename" ? "Home" : "End");
    await expect(page.getByRole("menuitem", { name: item })).toBeFocused();
    await page.keyboard.press("Enter");
  };

  await pick("Bread", "Rename");
  await expect(page.getByRole("textbox", { name: "Title of the chat" })).toBeFocused();
  await page.keyboard.type("Sourdough");
  await page.keyboard.press("Enter");
  await expect(chats(page).getByRole("link", { name: "Sourdough" })).toBeFocused();

  await pick("Sourdough", "Delete");
  await expect(chats(page).getByRole("link")).toHaveText(["Cake"]);
  await expect(chats(page).getByRole("link", { name: "Cake" })).toBeFocused();

  await newChat(page, url);
  await pick("Cake", "Delete");
  await expect(chats(page).getByRole("link")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "New chat" }).first()).toBeFocused();
});

/** Counts the frames, until a menu is open, in which nothing has the focus. */
function framesWithoutFocus(): Promise<number> {
  return new Promise((resolve) => {
    let count = 0;
    const look = () => {
      if (document.querySelector("[role=menu]")) return resolve(count);
      if (document.activeElement === document.body) count += 1;
      requestAnimationFrame(look);
    };
    look();
  });
}
