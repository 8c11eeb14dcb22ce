import { signUp } from "../support/api-client";
import { chromiumArgs } from "../support/chromium";
import { password } from "./support/accounts";
import { ask, isAlive, replies } from "./support/chat";
import { expect, test } from "./support/journey";

// A name in a local network: over plain HTTP browsers hold it for insecure, which they do not of localhost.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...chromiumArgs, "--host-resolver-rules=MAP chat.lan 127.0.0.1"] }),
});

test("on a LAN address over plain HTTP one signs in, chats and copies a reply, although the browser has no clipboard API there", async ({
  page,
  hearth,
  ollama,
  watch,
}) => {
  const fake = await ollama({ reply: "Marzipan from Lübeck." });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await signUp(url, "ada@example.org");
  const lan = `http://chat.lan:${new URL(url).port}`;
  watch.allow(lan);

  await page.goto(lan);
  await expect(page).toHaveURL(`${lan}/sign-in`);
  expect(await page.evaluate(() => ({ isSecure: window.isSecureContext, hasClipboard: "clipboard" in navigator }))).toEqual({
    isSecure: false,
    hasClipboard: false,
  });
  await page.getByRole("textbox", { name: "Email" }).fill("ada@example.org");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${lan}/chat`);
  await isAlive(page);
  await ask(page, "What shall I bring?");
  await expect(replies(page)).toContainText("Marzipan from Lübeck.");

  await replies(page).getByRole("button", { name: /^Copy/ }).first().click();
  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  await composer.focus();
  await page.keyboard.press("Control+v");
  await expect(composer).toHaveValue(/Marzipan from Lübeck\./);
});
