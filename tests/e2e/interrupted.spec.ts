import { enter } from "./support/accounts";
import { replies, replyIsDone, send, tokens } from "./support/chat";
import { expect, test } from "./support/journey";

test("a server killed in mid-reply shows after its restart what was written, as interrupted, and Continue completes it", async ({
  page,
  hearth,
  ollama,
  expectInConsole,
}) => {
  expectInConsole(/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/);
  const fake = await ollama({ tokens: 1_000, intervalMs: 30 });
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, app.url);
  await send(page, "Count for me");
  await expect(replies(page)).toContainText("tok40 ");

  await app.kill("SIGKILL");
  await expect(page.getByRole("status").filter({ hasText: "The connection was lost" })).toBeVisible();
  await expect(replies(page)).toContainText(tokens(41));
  await fake.behave({ reply: "and so it ends.", intervalMs: 0 });
  await app.restart();

  await test.step("the open page finds back by itself", async () => {
    await expect(replies(page)).toContainText("Interrupted", { timeout: 20_000 });
    await expect(page.getByRole("status").filter({ hasText: "The connection was lost" })).toBeHidden();
  });
  await page.reload();
  await expect(replies(page)).toContainText("Interrupted");
  // At most 400 ms of a reply are lost, which is 14 of these tokens.
  await expect(replies(page)).toContainText(tokens(26));
  await expect(replies(page)).toContainText("llama3.2:3b");

  await replies(page).getByRole("button", { name: "Continue" }).click();
  await expect(replies(page)).toContainText(/^tok0 tok1 .*and so it ends\./);
  await replyIsDone(page);
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page)).not.toContainText("Interrupted");
});
