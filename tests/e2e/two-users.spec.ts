import { fillAccount } from "./support/accounts";
import { ask, chats, isAlive, messages, openAgain, replies } from "./support/chat";
import { expect, test } from "./support/journey";

test("neither of two users sees the other's chats: not in the sidebar, not by search, not by their address", async ({
  page,
  anotherBrowser,
  newcomer,
  expectInConsole,
}) => {
  expectInConsole(/404 .*\/chat\//);
  const { url, fake, email } = await newcomer({ reply: "Marzipan." });
  await ask(page, "Zanzibar is my secret");
  await expect(chats(page).getByRole("link", { name: "Marzipan" })).toBeVisible();
  const adas = page.url();

  const other = await anotherBrowser();
  await other.goto(`${url}/register`);
  await fillAccount(other, { name: "Grace", email: `grace-${email}` });
  await other.getByRole("button", { name: "Register" }).click();
  await isAlive(other);
  await fake.behave({ reply: "Nougat." });
  await ask(other, "Quito is my secret");
  await expect(chats(other).getByRole("link", { name: "Nougat" })).toBeVisible();
  const graces = other.url();

  for (const { tab, foreign, word } of [
    { tab: other, foreign: adas, word: "Zanzibar" },
    { tab: page, foreign: graces, word: "Quito" },
  ]) {
    await openAgain(tab);
    await expect(chats(tab).getByRole("link")).toHaveCount(1);
    await tab.getByRole("textbox", { name: "Search chats" }).fill(word);
    await expect(tab.getByRole("region", { name: "Search results" })).toContainText(`Nothing found for “${word}”`);
    await tab.goto(foreign);
    await expect(tab.getByRole("main")).toContainText("There is no such chat");
    await expect(messages(tab)).toHaveCount(0);
    await expect(replies(tab)).toHaveCount(0);
    await expect(tab.getByRole("main")).not.toContainText(word);
  }
});

test("who is not signed in is asked to sign in, and comes back to the chat that was asked for", async ({
  page,
  anotherBrowser,
  newcomer,
  expectInConsole,
}) => {
  expectInConsole(/401 .*\/api\/auth\/callback\/credentials/);
  const { email } = await newcomer({ reply: "Marzipan." });
  await ask(page, "Zanzibar is my secret");

  const stranger = await anotherBrowser();
  await stranger.goto(page.url());
  await expect(stranger).toHaveURL(/\/sign-in\?next=/);
  await stranger.getByRole("textbox", { name: "Email" }).fill(email);
  await stranger.getByLabel("Password").fill("not the password");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.getByRole("main").getByRole("alert")).toBeVisible();
  await stranger.getByLabel("Password").fill("correct horse battery");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger).toHaveURL(page.url());
  await expect(replies(stranger)).toContainText("Marzipan.");

  await stranger.getByRole("button", { name: "Account: Ada" }).click();
  await stranger.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(stranger).toHaveURL(/\/sign-in/);
  await stranger.goto(page.url());
  await expect(stranger).toHaveURL(/\/sign-in\?next=/);
});
