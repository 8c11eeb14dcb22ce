import { expect, type Page } from "@playwright/test";

/** The field in which a message is written. */
export const composer = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });

/** Every reply on the page, oldest first. */
export const replies = (page: Page) => page.getByRole("article", { name: "Reply" });

/** Everything the reader said on this branch, oldest first. */
export const messages = (page: Page) => page.getByRole("article", { name: "Your message" });

/** The button that ends a reply; it is there exactly while one is asked for or written. */
export const stopButton = (page: Page) => page.getByRole("button", { name: "Stop", exact: true });

/** The links to chats in the sidebar. */
export const chats = (page: Page) => page.getByRole("navigation", { name: "Chats" });

/** Opens an empty chat by its address. */
export async function newChat(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/chat`);
  await isAlive(page);
}

/** Loads the chat anew. */
export async function openAgain(page: Page): Promise<void> {
  await page.reload();
  await isAlive(page);
}

/** Waits for the page's script: what is typed before it does not count yet. It puts the cursor into the composer, but not on a phone. */
export async function isAlive(page: Page): Promise<void> {
  await expect(composer(page)).toBeVisible();
  const hasKeyboard = await page.evaluate(() => window.matchMedia("(pointer: fine)").matches);
  if (hasKeyboard) return expect(composer(page)).toBeFocused();
  await expect(async () => {
    await composer(page).fill("Hello");
    await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled({ timeout: 500 });
  }).toPass();
  await composer(page).fill("");
}

/** Writes a message and sends it with Enter. */
export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await expect(messages(page).last()).toContainText(text);
}

/** Waits until the newest reply has ended, in whatever way. */
export async function replyIsDone(page: Page, withinMs = 20_000): Promise<void> {
  await expect(stopButton(page)).toBeHidden({ timeout: withinMs });
  await expect(replies(page).last()).toHaveAttribute("aria-busy", "false");
}

/** Sends a message and waits for its whole reply. */
export async function ask(page: Page, text: string): Promise<void> {
  await send(page, text);
  await replyIsDone(page);
}

/** What a fake host writes when it is asked for so many tokens. */
export const tokens = (count: number, from = 0) => Array.from({ length: count - from }, (_, index) => `tok${from + index}`).join(" ");
