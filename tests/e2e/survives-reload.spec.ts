import { enter } from "./support/accounts";
import { ask, chats, messages, replies, replyIsDone, send, tokens } from "./support/chat";
import { expect, test } from "./support/journey";

test("a reload in mid-reply shows the reply from its start, and it completes without being asked for again", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ tokens: 200, intervalMs: 25 });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await send(page, "Count for me");
  await expect(replies(page)).toContainText("tok10 ");
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);

  await page.reload();
  await expect(replies(page)).toContainText(tokens(12));
  await expect(replies(page)).toHaveAttribute("aria-busy", "true");
  expect(fake.chats).toHaveLength(1);
  await replyIsDone(page);
  await expect(replies(page)).toContainText(tokens(200));
  await expect(replies(page)).toHaveCount(1);
  await expect(messages(page)).toHaveCount(1);
});

test("a second tab opened in mid-reply follows the same stream from its start", async ({ page, context, hearth, ollama }) => {
  const fake = await ollama({ tokens: 200, intervalMs: 25 });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await send(page, "Count for me");
  await expect(replies(page)).toContainText("tok10 ");

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(replies(second)).toContainText(tokens(12));
  await expect(replies(second)).toHaveAttribute("aria-busy", "true");
  expect(fake.chats).toHaveLength(1);
  for (const tab of [page, second]) {
    await replyIsDone(tab);
    await expect(replies(tab)).toContainText(tokens(200));
    await expect(replies(tab)).toContainText("200 tokens");
  }
});

test("a tab that lies idle on a chat shows what is said there in another tab, while it is written", async ({
  page,
  context,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ reply: "Hello there." });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await ask(page, "First question");
  const idle = await context.newPage();
  await idle.goto(page.url());
  await expect(replies(idle)).toContainText("Hello there.");

  await fake.behave({ reply: undefined, tokens: 240, intervalMs: 25 });
  await send(page, "Second question");
  await expect(messages(idle).last()).toContainText("Second question");
  await expect(replies(idle).last()).toContainText("tok3 ");
  await expect(replies(idle).last()).toHaveAttribute("aria-busy", "true");
  await replyIsDone(idle);
  await expect(replies(idle).last()).toContainText(tokens(240));
  await expect(messages(idle)).toHaveCount(2);
  await expect(chats(idle).getByRole("link")).toHaveCount(1);
});
