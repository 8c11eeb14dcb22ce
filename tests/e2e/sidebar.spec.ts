import { enter } from "./support/accounts";
import { ask, chats, newChat, openAgain, replies, replyIsDone, send } from "./support/chat";
import { expect, test } from "./support/journey";

test("chats are renamed, deleted, brought back and found again from the sidebar", async ({ page, hearth, ollama }) => {
  const fake = await ollama({ reply: "Bread." });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await ask(page, "How is bread made?");
  const bread = chats(page).getByRole("link", { name: "Bread", exact: true });
  await expect(bread).toHaveAttribute("aria-current", "page");
  await expect(chats(page).getByRole("region", { name: "Today" })).toBeVisible();
  await newChat(page, url);
  await fake.behave({ reply: "Cake." });
  await ask(page, "How is a cake made?");
  await expect(chats(page).getByRole("link")).toHaveText(["Cake", "Bread"]);

  await test.step("rename", async () => {
    await bread.hover();
    await page.getByRole("button", { name: "Options for Bread" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    const field = page.getByRole("textbox", { name: "Title of the chat" });
    await expect(field).toBeFocused();
    await page.keyboard.type("Sourdough from scratch");
    await page.keyboard.press("Enter");
    await expect(chats(page).getByRole("link", { name: "Sourdough from scratch" })).toBeVisible();
    await openAgain(page);
    await expect(chats(page).getByRole("link")).toHaveText(["Cake", "Sourdough from scratch"]);
  });

  await test.step("search by title", async () => {
    await page.getByRole("textbox", { name: "Search chats" }).fill("sourd");
    const found = page.getByRole("region", { name: "Search results" });
    await expect(found.getByRole("link")).toHaveText(/Sourdough from scratch/);
    await page.keyboard.press("Escape");
    await expect(found).toBeHidden();
    await expect(chats(page).getByRole("link")).toHaveCount(2);
  });

  await test.step("delete, and undo", async () => {
    const remove = async () => {
      await chats(page).getByRole("link", { name: "Cake" }).hover();
      await page.getByRole("button", { name: "Options for Cake" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await expect(chats(page).getByRole("link", { name: "Cake" })).toBeHidden();
      await expect(page).toHaveURL(`${url}/chat`);
    };
    await remove();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(chats(page).getByRole("link")).toHaveText(["Cake", "Sourdough from scratch"]);
    await openAgain(page);
    await chats(page).getByRole("link", { name: "Cake" }).click();
    await expect(replies(page)).toContainText("Cake.");
    await remove();
    await openAgain(page);
    await expect(chats(page).getByRole("link")).toHaveText(["Sourdough from scratch"]);
  });
});

test("a chat shows in the sidebar that its reply is being written, also while another is open", async ({ page, hearth, ollama }) => {
  const fake = await ollama({ tokens: 100, intervalMs: 30 });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await send(page, "Count for me");
  const running = chats(page).getByRole("link", { name: "Count for me , a reply is being written" });
  await expect(running).toBeVisible();
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(page).toHaveURL(`${url}/chat`);
  await expect(running).toBeVisible();
  await running.click();
  await expect(replies(page)).toContainText(/^tok0 tok1 /);
  await replyIsDone(page);
  await expect(running).toBeHidden();
});
