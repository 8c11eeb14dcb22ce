import { enter } from "./support/accounts";
import { ask, chats, messages, newChat, openAgain, replies } from "./support/chat";
import { expect, test } from "./support/journey";

test.beforeEach(({ expectInConsole }) => {
  // Readiness answers 503 with the hosts that are down; the browser logs every such answer by itself.
  expectInConsole(/503 .*\/readyz/);
});

test("with its model host down the page says what is down and since when, and history, search and settings still work", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ reply: "Knead it well." });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await ask(page, "How is bread made?");
  await expect(chats(page).getByRole("link", { name: "Knead it well" })).toBeVisible();

  await fake.behave({ misbehave: "refuse" });
  await ask(page, "And a cake?");
  await expect(replies(page).last()).toContainText("The reply failed");
  await openAgain(page);
  const notice = page.getByRole("status").filter({ hasText: "ollama does not answer" });
  await expect(notice).toContainText(/since \d{1,2}:\d{2} \((less than a minute|\d+ minutes?)\)/);

  await expect(replies(page).first()).toContainText("Knead it well.");
  await page.getByRole("textbox", { name: "Search chats" }).fill("bread");
  await expect(page.getByRole("region", { name: "Search results" }).getByRole("link")).toHaveCount(1);
  await page.goto(`${url}/settings/hosts`);
  await expect(page.getByRole("listitem").filter({ hasText: fake.url })).toContainText("Does not answer");
  await newChat(page, url);
  await chats(page).getByRole("link", { name: "Knead it well" }).click();
  await expect(messages(page).first()).toContainText("How is bread made?");
});

test("a failed reply says why, and trying again works as soon as the host is back, without a restart; so does another model", async ({
  page,
  hearth,
  ollama,
}) => {
  const first = await ollama({ reply: "From the first host." });
  const second = await ollama({
    reply: "From the second host.",
    models: [{ name: "other:1b", capabilities: ["completion"], loaded: true }],
  });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: `${first.url},${second.url}` } });
  await enter(page, url);
  await page.getByRole("button", { name: /^Model:/ }).click();
  await page.getByRole("option", { name: /llama3\.2:3b/ }).click();
  await ask(page, "Are you there?");
  await expect(replies(page)).toContainText("From the first host.");
  const last = replies(page).last();

  await test.step("try again, while it is down and when it is back", async () => {
    await first.behave({ misbehave: "refuse" });
    await ask(page, "And now?");
    await expect(last).toContainText("The reply failed");
    await expect(last).toContainText(/ollama \(.*\) refuses connections\. Check that the host is running/);
    await last.getByRole("button", { name: "Try again" }).click();
    await expect(last).toContainText("2/2");
    await expect(last).toContainText("The reply failed");
    await first.behave({ misbehave: undefined });
    await last.getByRole("button", { name: "Try again" }).click();
    await expect(last).toContainText("From the first host.");
    await expect(last).toContainText("3/3");
  });

  await test.step("another model", async () => {
    await first.behave({ misbehave: "refuse" });
    await ask(page, "Are you still there?");
    await expect(last).toContainText("The reply failed");
    await last.getByRole("button", { name: "Other model", exact: true }).click();
    await page.getByRole("menuitem", { name: /other:1b/ }).click();
    await expect(last).toContainText("From the second host.");
    await expect(last).toContainText("other:1b");
    await ask(page, "Do you stay?");
    await expect(last).toContainText("From the second host.");
  });
});
