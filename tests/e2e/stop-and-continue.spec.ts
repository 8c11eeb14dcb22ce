import { ask, messages, openAgain, replies, replyIsDone, send, stopButton, tokens } from "./support/chat";
import { expect, test } from "./support/journey";

const ways = [
  { name: "the stop button", stop: (page: Parameters<typeof stopButton>[0]) => stopButton(page).click() },
  { name: "Escape", stop: (page: Parameters<typeof stopButton>[0]) => page.keyboard.press("Escape") },
];

for (const { name, stop } of ways) {
  test(`${name} closes the model's connection at once and keeps the text, which Continue goes on with`, async ({ page, newcomer }) => {
    const { fake } = await newcomer({ tokens: 1_000, intervalMs: 20 });
    await send(page, "Count for me");
    await expect(replies(page)).toContainText("tok10 ");

    await stop(page);
    expect(await fake.closedByClient()).toBe(true);
    await replyIsDone(page);
    await expect(replies(page)).toContainText(tokens(11));
    await expect(replies(page)).toContainText("Stopped");

    await fake.behave({ reply: "and so it ends.", intervalMs: 0 });
    await replies(page).getByRole("button", { name: "Continue" }).click();
    await expect(replies(page)).toContainText(/tok9 tok10 .*and so it ends\./);
    await expect(replies(page)).toContainText(tokens(11));
    await replyIsDone(page);
    await expect(replies(page)).not.toContainText("Stopped");

    await page.reload();
    await expect(replies(page)).toHaveCount(1);
    await expect(messages(page)).toHaveCount(1);
    await expect(replies(page)).toContainText(/^tok0 tok1 .*and so it ends\./);
    await expect(replies(page).getByRole("group", { name: "Versions" })).toHaveCount(0);
  });
}

test("a reply that reached its longest length says so, also after a reload, and Continue goes on with it", async ({ page, newcomer }) => {
  const { fake } = await newcomer({ reply: "Once upon a", finishReason: "length" });
  await ask(page, "Tell me a story");
  await expect(replies(page)).toContainText("longest length");
  await openAgain(page);
  await expect(replies(page)).toContainText("longest length");

  await fake.behave({ reply: " time.", finishReason: undefined });
  await replies(page).getByRole("button", { name: "Continue" }).click();
  await expect(replies(page)).toContainText("Once upon a time.");
  await replyIsDone(page);
  await expect(replies(page)).not.toContainText("longest length");
  await expect(replies(page).getByRole("button", { name: "Continue" })).toHaveCount(0);
});
