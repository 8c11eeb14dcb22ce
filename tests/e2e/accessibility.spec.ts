import { enter } from "./support/accounts";
import { ask, composer, newChat, replies, replyIsDone, send, stopButton } from "./support/chat";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { sampleReply } from "./support/sample-reply";

test("axe finds no serious or critical violation on the pages that are open to everybody", async ({
  page,
  anotherBrowser,
  hearth,
  expectInConsole,
}) => {
  expectInConsole(/503 .*\/readyz/);
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: "http://127.0.0.1:9" } });
  await page.goto(`${url}/welcome`);
  await expect(page.getByRole("button", { name: "Create account and start" })).toBeVisible();
  await isAccessible(page, "welcome");
  await enter(page, url);
  const stranger = await anotherBrowser();
  for (const path of ["/sign-in", "/register", "/docs/api"]) {
    await stranger.goto(`${url}${path}`);
    await expect(stranger.getByRole("heading", { level: 1 })).toBeVisible();
    await isAccessible(stranger, path);
  }
});

test("axe finds no serious or critical violation in a new chat, in settings and where there is no page", async ({
  page,
  hearth,
  ollama,
  expectInConsole,
}) => {
  expectInConsole(/404 .*\/nowhere/);
  const fake = await ollama();
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await isAccessible(page, "new chat");
  for (const path of [
    "/settings",
    "/settings/sessions",
    "/settings/keys",
    "/settings/appearance",
    "/settings/hosts",
    "/settings/models",
    "/settings/people",
    "/settings/limits",
    "/settings/monitoring",
    "/settings/usage",
    "/terminal",
    "/nowhere",
  ]) {
    await page.goto(`${url}${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await isAccessible(page, path);
  }
});

test("axe finds no serious or critical violation in a conversation, in any of its states", async ({
  page,
  hearth,
  ollama,
  expectInConsole,
}) => {
  expectInConsole(/503 .*\/readyz/);
  const fake = await ollama({
    reply: sampleReply,
    reasoning: "Let me *think* about that.",
    toolCalls: [{ name: "calculator", input: { expression: "6 * 7" } }],
  });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);

  await test.step("a whole reply with everything in it", async () => {
    await ask(page, "Show me everything");
    const reply = replies(page);
    await expect(reply.getByRole("table")).toBeVisible();
    await expect(reply.getByRole("math").last()).toBeAttached();
    for (const folded of ["Calculator", "Thought"]) await reply.getByText(folded, { exact: true }).first().click();
    await expect(reply).toContainText("Output");
    await expect(reply).toContainText("Let me think about that.");
    await isAccessible(page, "a whole reply");
  });

  await test.step("menus", async () => {
    await page.getByRole("button", { name: /^Model:/ }).click();
    await expect(page.getByRole("option")).toHaveCount(2);
    await isAccessible(page, "model picker");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Parameters" }).click();
    await expect(page.getByRole("slider").first()).toBeVisible();
    await isAccessible(page, "parameters");
    await page.keyboard.press("Escape");
  });

  await test.step("while a reply is written, with a message waiting", async () => {
    await fake.behave({ reply: undefined, reasoning: undefined, tokens: 2_000, intervalMs: 20 });
    await send(page, "Count");
    await expect(replies(page).last()).toContainText("tok3");
    await composer(page).fill("And then?");
    await composer(page).press("Enter");
    await expect(page.getByRole("list", { name: "Waiting messages" })).toContainText("And then?");
    await isAccessible(page, "a running reply");
    await stopButton(page).click();
    await replyIsDone(page);
    await isAccessible(page, "a stopped reply");
  });

  await test.step("a failed reply, its host down", async () => {
    await newChat(page, url);
    await fake.behave({ misbehave: "refuse" });
    await ask(page, "Are you there?");
    await expect(replies(page).last()).toContainText("The reply failed");
    await page.reload();
    await expect(page.getByRole("status").filter({ hasText: "does not answer" })).toBeVisible();
    await isAccessible(page, "a failed reply");
  });
});
