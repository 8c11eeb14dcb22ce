import type { FakeHost } from "../support/fake-host";
import { ask, chats, messages, replies, replyIsDone, send, tokens } from "./support/chat";
import { expect, test } from "./support/journey";

const timesAsked = (fake: FakeHost, text: string) => fake.chats.filter(({ body }) => JSON.stringify(body).includes(text)).length;

test("a reload in mid-reply shows the reply from its start, and it completes without being asked for again", async ({ page, newcomer }) => {
  const { fake } = await newcomer({ tokens: 400, intervalMs: 25 });
  await send(page, "Count for me");
  await expect(replies(page)).toContainText("tok10 ");
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);

  await page.reload();
  await expect(replies(page)).toContainText(tokens(12));
  await expect(replies(page)).toHaveAttribute("aria-busy", "true");
  expect(timesAsked(fake, "Count for me")).toBe(1);
  fake.hurry();
  await replyIsDone(page);
  await expect(replies(page)).toContainText(tokens(400));
  await expect(replies(page)).toHaveCount(1);
  await expect(messages(page)).toHaveCount(1);
});

test("a second tab opened in mid-reply follows the same stream from its start", async ({ page, context, newcomer }) => {
  const { fake } = await newcomer({ tokens: 400, intervalMs: 25 });
  await send(page, "Count in two tabs");
  await expect(replies(page)).toContainText("tok10 ");

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(replies(second)).toContainText(tokens(12));
  await expect(replies(second)).toHaveAttribute("aria-busy", "true");
  expect(timesAsked(fake, "Count in two tabs")).toBe(1);
  fake.hurry();
  for (const tab of [page, second]) {
    await replyIsDone(tab);
    await expect(replies(tab)).toContainText(tokens(400));
    await expect(replies(tab)).toContainText("400 tokens");
  }
});

test("a tab that lies idle on a chat shows what is said there in another tab, while it is written", async ({ page, context, newcomer }) => {
  const { fake } = await newcomer({ reply: "Hello there." });
  await ask(page, "First question");
  const idle = await context.newPage();
  await idle.goto(page.url());
  await expect(replies(idle)).toContainText("Hello there.");

  await fake.behave({ reply: undefined, tokens: 400, intervalMs: 25 });
  await send(page, "Second question");
  await expect(messages(idle).last()).toContainText("Second question");
  await expect(replies(idle).last()).toContainText("tok3 ");
  await expect(replies(idle).last()).toHaveAttribute("aria-busy", "true");
  fake.hurry();
  await replyIsDone(idle);
  await expect(replies(idle).last()).toContainText(tokens(400));
  await expect(messages(idle)).toHaveCount(2);
  await expect(chats(idle).getByRole("link")).toHaveCount(1);
});
