import { ask, composer, messages, replies, replyIsDone, send, tokens } from "./support/chat";
import { expect, test } from "./support/journey";

test("the page follows a growing reply, leaves a reader who scrolled up alone, and leads back to the newest with a button", async ({
  page,
  newcomer,
}) => {
  const { fake } = await newcomer({ reply: Array.from({ length: 60 }, (_, index) => `Paragraph ${index}.`).join("\n\n") });
  await ask(page, "Write sixty paragraphs");
  await expect(replies(page).getByText("Paragraph 59.")).toBeInViewport();

  await fake.behave({ reply: Array.from({ length: 600 }, (_, index) => `Line ${index}.`).join("\n\n"), intervalMs: 20 });
  await send(page, "And more, slowly");
  await expect(replies(page).last().getByText("Line 30.", { exact: true })).toBeAttached();
  await expect(messages(page).last()).not.toBeInViewport();
  await expect(replies(page).last().getByRole("paragraph").last()).toBeInViewport();
  const newest = page.getByRole("button", { name: "To the newest message" });
  await expect(newest).toBeHidden();

  await page.getByRole("region", { name: "Messages" }).hover();
  await page.mouse.wheel(0, -100_000);
  await expect(messages(page).first()).toBeInViewport();
  await expect(newest).toBeVisible();

  await test.step("to the end of a reply that is still growing, and up again", async () => {
    await newest.click();
    await expect(newest).toBeHidden();
    await expect(replies(page).last().getByRole("paragraph").last()).toBeInViewport();
    await page.mouse.wheel(0, -100_000);
    await expect(messages(page).first()).toBeInViewport();
  });
  fake.hurry();
  await replyIsDone(page);
  await expect(messages(page).first()).toBeInViewport();
  await newest.click();
  await expect(replies(page).last().getByText("Line 599.", { exact: true })).toBeInViewport();
  await expect(newest).toBeHidden();
});

test("a very long message is taken whole, shown folded, and the composer stays within 40 % of the window", async ({ page, newcomer }) => {
  const { fake } = await newcomer({ reply: "Read." });
  const text = tokens(3_000);
  await composer(page).fill(text);
  const box = await composer(page).boundingBox();
  expect(box?.height).toBeLessThanOrEqual((page.viewportSize()?.height ?? 0) * 0.4 + 1);
  await composer(page).press("Enter");
  await replyIsDone(page);
  expect(JSON.stringify(fake.chats.map(({ body }) => body))).toContain("tok2999");
  await expect(messages(page)).not.toContainText("tok2999");
  await messages(page)
    .getByRole("button", { name: /^Show all/ })
    .click();
  await expect(messages(page)).toContainText("tok2999");

  await composer(page).fill("x".repeat(32_001));
  await expect(page.getByRole("form", { name: "New message" }).getByRole("status")).toContainText("1 character too many");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
});
