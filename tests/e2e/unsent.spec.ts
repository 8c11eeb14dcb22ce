import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { ask, chats, composer, isAlive, messages, newChat, openAgain, replies, replyIsDone } from "./support/chat";
import { expect, test } from "./support/journey";

const waiting = (page: Page) => page.getByRole("list", { name: "Waiting messages" }).getByRole("listitem");
const tooMany = { status: 429, code: "rate_limited", detail: "Too many messages. Try again in 20 seconds.", requestId: "r" };

/** Refuses what the page sends, until the returned function is called. */
async function refuse(page: Page): Promise<() => Promise<void>> {
  await page.route("**/api/chat", (route) => route.fulfill({ status: 429, json: tooMany }));
  return () => page.unroute("**/api/chat");
}

test("the first message of a chat that the server refuses is still there after a reload, and can be sent then", async ({
  page,
  newcomer,
  expectInConsole,
}) => {
  expectInConsole(/429|404 .*\/api\/chat\//);
  const { url } = await newcomer({ reply: "Bread." });
  const accept = await refuse(page);
  await composer(page).fill("How is bread made, in\nmany words?");
  await composer(page).press("Enter");
  await expect(waiting(page)).toContainText("Not sent. Too many messages.");
  await expect(page).toHaveURL(`${url}/chat`);
  await openAgain(page);
  await expect(waiting(page)).toContainText("How is bread made");

  await page.getByRole("button", { name: "Edit waiting message" }).click();
  await expect(composer(page)).toHaveValue("How is bread made, in\nmany words?");
  await composer(page).press("Enter");
  await expect(waiting(page)).toContainText("Too many messages.");
  await accept();
  await page.getByRole("button", { name: "Send now" }).click();
  await replyIsDone(page);
  await expect(replies(page)).toContainText("Bread.");
  await expect(waiting(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/chat\/[\w-]{36}$/);
  await openAgain(page);
  await expect(messages(page)).toHaveCount(1);
  await newChat(page, url);
  await expect(waiting(page)).toHaveCount(0);
});

test("a message that is on its way when the page goes away is sent, or waits", async ({ page, newcomer, expectInConsole }) => {
  expectInConsole(/404 .*\/api\/chat\//);
  await newcomer({ reply: "Bread." });
  // A request that nobody answers, as on a train.
  await page.route("**/api/chat", () => undefined, { times: 1 });
  await composer(page).fill("How is bread made?");
  await composer(page).press("Enter");
  await expect(messages(page)).toContainText("How is bread made?");
  await openAgain(page);
  await expect(waiting(page)).toContainText("How is bread made?");
  await page.getByRole("button", { name: "Send now" }).click();
  await expect(replies(page)).toContainText("Bread.");
});

test("an edit that does not go through leaves the chat as it is, and later takes its own place", async ({
  page,
  context,
  newcomer,
  expectInConsole,
}) => {
  expectInConsole(/ERR_INTERNET_DISCONNECTED/);
  await newcomer({ reply: "Bread." });
  await ask(page, "How is bread made?");
  await context.setOffline(true);
  await composer(page).press("ArrowUp");
  await page.getByRole("textbox", { name: "Edit message" }).fill("How is cake made?");
  await page.keyboard.press("Enter");
  await expect(waiting(page)).toContainText("A new version of an earlier message. Not sent.");
  await expect(messages(page)).toContainText("How is bread made?");
  await context.setOffline(false);
  await expect(page.getByText("You are offline")).toBeHidden();
  await page.getByRole("button", { name: "Send now" }).click();
  await expect(messages(page)).toContainText("How is cake made?");
  await expect(messages(page).getByRole("group", { name: "Versions" })).toContainText("2/2");
  await replyIsDone(page);
  await expect(chats(page).getByRole("link")).toHaveCount(1);
});

test("what one person has begun to write is not shown to the next one on the same browser", async ({ page, newcomer }) => {
  const { url, email } = await newcomer({ reply: "Bread." });
  await composer(page).fill("a secret of Ada's");
  const stored = () => page.evaluate(() => JSON.stringify(localStorage));
  await expect.poll(stored).toContain("a secret of Ada's");

  await test.step("who signs in without the other signing out", async () => {
    await enter(page, url, { email: `grace-${email}`, name: "Grace" });
    await expect(page.getByRole("button", { name: "Account: Grace" })).toBeVisible();
    await expect(composer(page)).toHaveValue("");
    await composer(page).fill("a secret of Grace's");
  });

  await test.step("signing out removes it", async () => {
    await page.getByRole("button", { name: "Account: Grace" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    expect(await stored()).not.toContain("Grace's");
    expect(await stored()).toContain("a secret of Ada's");
    await page.getByRole("textbox", { name: "Email" }).fill(email);
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await isAlive(page);
    await expect(composer(page)).toHaveValue("a secret of Ada's");
  });
});
