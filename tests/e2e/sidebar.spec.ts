import { ask, chats, newChat, openAgain, replies, replyIsDone, send } from "./support/chat";
import { expect, test } from "./support/journey";

test("chats are renamed, deleted, brought back and found again from the sidebar", async ({ page, newcomer }) => {
  const { url, fake } = await newcomer({ reply: "Bread." });
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
    // A slow connection: the reader takes it back before the server has heard of it.
    const asked: string[] = [];
    page.on("response", (answer) => {
      if (/\/api\/v1\/conversations\/[\w-]+/.test(answer.url())) asked.push(`${answer.request().method()} ${answer.status()}`);
    });
    await page.route("**/api/v1/conversations/*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue();
    });
    await remove();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => asked).toEqual(["DELETE 204", expect.stringMatching(/^POST 20\d$/)]);
    await page.unroute("**/api/v1/conversations/*");
    await expect(chats(page).getByRole("link")).toHaveText(["Cake", "Sourdough from scratch"]);
    await openAgain(page);
    await chats(page).getByRole("link", { name: "Cake" }).click();
    await expect(replies(page)).toContainText("Cake.");
    await remove();
    await openAgain(page);
    await expect(chats(page).getByRole("link")).toHaveText(["Sourdough from scratch"]);
  });
});

test("a chat shows in the sidebar that its reply is being written, also while another is open", async ({ page, newcomer }) => {
  const isAsked = Promise.withResolvers<void>();
  const isBegun = Promise.withResolvers<void>();
  await page.route("**/api/v1/conversations?*", async (route) => {
    const answer = await route.fetch();
    isAsked.resolve();
    await isBegun.promise;
    await route.fulfill({ response: answer });
  });
  const { url, fake } = await newcomer({ tokens: 400, intervalMs: 30 });
  await test.step("the list that the page asked for when it came to life knows nothing of the chat, and comes late", async () => {
    await isAsked.promise;
    await send(page, "Count for me");
    await expect(chats(page).getByRole("link")).toHaveCount(1);
    const answer = page.waitForResponse("**/api/v1/conversations?*");
    isBegun.resolve();
    await answer;
  });
  const running = chats(page).getByRole("link", { name: "Count for me , a reply is being written" });
  await expect(running).toBeVisible();
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(page).toHaveURL(`${url}/chat`);
  await expect(running).toBeVisible();
  await running.click();
  await expect(replies(page)).toContainText(/^tok0 tok1 /);
  fake.hurry();
  await replyIsDone(page);
  await expect(running).toBeHidden();
});
