import { signIn } from "./support/accounts";
import { ask, messages, replies } from "./support/chat";
import { expect, test } from "./support/journey";

test("offline, the page says so; back online it catches up with what was said elsewhere", async ({
  page,
  context,
  anotherBrowser,
  newcomer,
  expectInConsole,
}) => {
  expectInConsole(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
  const { url, fake, email } = await newcomer({ reply: "Bread." });
  await ask(page, "How is bread made?");
  const banner = page.getByRole("status").filter({ hasText: "You are offline" });
  await expect(banner).toBeHidden();
  await context.setOffline(true);
  await expect(banner).toBeVisible();

  const elsewhere = await anotherBrowser();
  await signIn(elsewhere, url, email);
  await elsewhere.goto(page.url());
  await fake.behave({ reply: "Cake." });
  await ask(elsewhere, "And cake?");
  await expect(messages(page)).toHaveCount(1);
  await context.setOffline(false);
  await expect(banner).toBeHidden();
  await expect(messages(page).last()).toContainText("And cake?");
  await expect(replies(page).last()).toContainText("Cake.");
});
