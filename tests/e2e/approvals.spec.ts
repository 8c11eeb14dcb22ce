import { enter } from "./support/accounts";
import { chats, composer, openAgain, replies, replyIsDone, send } from "./support/chat";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { goToTerminals, isConnected, names, openFirst, screens, terminalEnv } from "./support/terminal";

const env = { ...terminalEnv, HEARTH_TERMINAL_SHELL: "/bin/bash" };

test("a command that the model proposes is shown, waits over a reload, runs in the person's terminal once approved, and comes back", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama();
  const { url } = await hearth({ env: { ...env, OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);

  await page.goto(`${url}/chat`);
  await fake.behave({ toolCalls: [{ name: "run_command", input: { command: "echo agent-$((40 + 2))" } }], reply: "It says agent-42." });
  await send(page, "What does it say?");
  const card = replies(page).getByRole("region", { name: "Run command waits for your approval" });
  await expect(card).toContainText("echo agent-$((40 + 2))");
  await expect(card).toContainText(/your terminal on .+ runs as/);
  await expect(card.getByRole("button", { name: "Approve" })).toBeEnabled();
  await expect(chats(page)).toContainText("waits for your approval");
  await isAccessible(page, "a call that waits");

  await openAgain(page);
  await expect(card.getByRole("button", { name: "Approve" })).toBeEnabled();
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(replies(page)).toContainText("It says agent-42.", { timeout: 30_000 });
  await replyIsDone(page);
  await expect(card).toHaveCount(0);
  await expect(chats(page)).not.toContainText("waits for your approval");
  await replies(page).getByText("Run command").click();
  await expect(replies(page)).toContainText("You approved it.");
  await expect(replies(page)).toContainText("output: agent-42");

  await page.goto(`${url}/terminal`);
  await isConnected(page);
  await expect(names(page).getByRole("listitem")).toHaveCount(1);
  await expect(screens(page)).toContainText("agent-42");
});

test("a call is rejected with a reason or changed by keyboard, and a decision that does not arrive can be tried again", async ({
  page,
  hearth,
  ollama,
  expectInConsole,
}) => {
  const fake = await ollama();
  const { url } = await hearth({ env: { ...env, OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  const card = replies(page).last().getByRole("region", { name: "Run command waits for your approval" });
  const propose = async (command: string) => {
    await fake.behave({ toolCalls: [{ name: "run_command", input: { command } }], reply: "As you wish." });
    await send(page, `Please run ${command}`);
    await expect(card.getByRole("button", { name: "Approve" })).toBeEnabled();
  };

  await propose("rm -rf /tmp/everything");
  await card.getByRole("button", { name: "Reject" }).click();
  await page.keyboard.type("Not that");
  await page.keyboard.press("Escape");
  await expect(card).toBeFocused();
  await card.getByRole("button", { name: "Reject" }).click();
  await page.keyboard.type("Too much");
  await page.keyboard.press("Enter");
  await expect(replies(page).last()).toContainText("As you wish.");
  await expect(replies(page).last().getByRole("img", { name: "Rejected" })).toBeVisible();
  expect(JSON.stringify(fake.chats.map(({ body }) => body.messages))).toContain("Too much");
  await replyIsDone(page);

  await propose("echo first-thought");
  await card.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "What is run instead" }).fill("echo second-$((1 + 1))");
  expectInConsole(/Failed to load resource|ERR_FAILED/);
  await page.route("**/approvals", (route) => route.abort(), { times: 1 });
  await page.keyboard.press("Control+Enter");
  await expect(card.getByRole("alert")).toContainText("The decision did not arrive");
  await card.getByRole("button", { name: "Approve the change" }).click();
  await expect(replies(page).last()).toContainText("As you wish.", { timeout: 30_000 });
  await replies(page).last().getByText("Run command").click();
  await expect(replies(page).last()).toContainText("output: second-2");
  await expect(replies(page).last()).toContainText("The model had proposed");
});

test("what is always allowed in a chat is not asked about again, until it is taken back", async ({ page, hearth, ollama }) => {
  const fake = await ollama();
  const { url } = await hearth({ env: { ...env, OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  const reply = replies(page).last();
  const card = reply.getByRole("region", { name: "Run command waits for your approval" });
  const propose = async (words: string) => {
    await fake.behave({ toolCalls: [{ name: "run_command", input: { command: "echo again-$((40 + 2))" } }], reply: `Done: ${words}` });
    await send(page, words);
  };

  await propose("first");
  await card.getByRole("checkbox", { name: "Always allow exactly this in this chat" }).check();
  await card.getByRole("button", { name: "Approve" }).click();
  await expect(reply).toContainText("Done: first", { timeout: 30_000 });
  await replyIsDone(page);

  await propose("second");
  await expect(reply).toContainText("Done: second", { timeout: 30_000 });
  await replyIsDone(page);
  await reply.getByText("Run command").click();
  await expect(reply).toContainText("Always allowed in this chat.");
  await reply.getByRole("button", { name: "Ask again from now on" }).click();
  await expect(reply.getByText("The next call like this one asks again.")).toBeVisible();

  await propose("third");
  await expect(card.getByRole("button", { name: "Approve" })).toBeEnabled();
});
