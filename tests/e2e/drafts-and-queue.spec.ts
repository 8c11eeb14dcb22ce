import { ask, composer, isAlive, messages, newChat, replies, replyIsDone, send } from "./support/chat";
import { expect, test } from "./support/journey";

test("each chat keeps its own draft over a reload and a change of chat", async ({ page, newcomer }) => {
  const { url } = await newcomer({ reply: "Bread." });
  await ask(page, "How is bread made?");
  await expect(composer(page)).toHaveValue("");
  await composer(page).fill("a question for the first chat\non two lines");
  await page.reload();
  await expect(composer(page)).toHaveValue("a question for the first chat\non two lines");

  const chat = page.url();
  await newChat(page, url);
  await expect(composer(page)).toHaveValue("");
  await composer(page).fill("a draft for a new chat");
  await page.goto(chat);
  await isAlive(page);
  await expect(composer(page)).toHaveValue("a question for the first chat\non two lines");
  await composer(page).press("Enter");
  await replyIsDone(page);
  await page.reload();
  await expect(composer(page)).toHaveValue("");
  await newChat(page, url);
  await expect(composer(page)).toHaveValue("a draft for a new chat");
});

test("what is written before the page's script has come can be sent when it has", async ({ page, newcomer }) => {
  const { url } = await newcomer();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${url}/chat`, { waitUntil: "commit" });
  await composer(page).fill("Written early");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  release();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await composer(page).press("Enter");
  await expect(messages(page).last()).toContainText("Written early");
});

test("messages written during a reply wait their turn, survive a reload, and are sent in order when it ends", async ({
  page,
  newcomer,
}) => {
  const { fake } = await newcomer({ tokens: 400, intervalMs: 25 });
  await send(page, "The first");
  await expect(replies(page)).toContainText("tok3 ");
  const waiting = page.getByRole("list", { name: "Waiting messages" }).getByRole("listitem");
  for (const text of ["The second", "The third", "The fourth"]) {
    await composer(page).fill(text);
    await composer(page).press("Enter");
    await expect(composer(page)).toHaveValue("");
  }
  await expect(waiting).toHaveCount(3);
  await expect(messages(page)).toHaveCount(1);
  await waiting.filter({ hasText: "The third" }).getByRole("button", { name: "Remove waiting message" }).click();
  await page.reload();
  await expect(waiting).toHaveCount(2);
  await fake.behave({ reply: "Done.", intervalMs: 0 });
  fake.hurry();

  await expect(messages(page).last()).toContainText("The fourth", { timeout: 20_000 });
  await expect(replies(page)).toHaveCount(3);
  await replyIsDone(page);
  await expect(waiting).toHaveCount(0);
  await expect(messages(page).nth(1)).toContainText("The second");
  await expect(messages(page)).toHaveCount(3);
  await expect(replies(page).last()).toContainText("Done.");
});
