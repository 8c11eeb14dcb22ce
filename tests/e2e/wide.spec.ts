import { ask, chats, composer, openAgain, replies } from "./support/chat";
import { expect, test } from "./support/journey";
import { sampleReply } from "./support/sample-reply";

test("on a wide screen lines stay short enough to read, and an empty list says what will be there", async ({
  anotherBrowser,
  newcomer,
}) => {
  const page = await anotherBrowser({ viewport: { width: 1920, height: 1080 } });
  await newcomer({ reply: sampleReply }, page);
  await expect(chats(page)).toContainText("Your chats will be listed here.");
  await ask(page, "Show me everything");
  await expect(chats(page)).not.toContainText("Your chats will be listed here.");
  const reply = await replies(page).boundingBox();
  const field = await composer(page).boundingBox();
  const main = await page.getByRole("main").boundingBox();
  if (!reply || !field || !main) throw new Error("something is not on the page");
  expect(reply.width).toBeLessThanOrEqual(768);
  expect(field.width).toBeGreaterThan(600);
  for (const box of [reply, field]) expect(Math.abs(box.x + box.width / 2 - (main.x + main.width / 2))).toBeLessThan(10);
  expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth)).toBeLessThanOrEqual(0);

  await test.step("the box of a task stands before its first line", async () => {
    const task = replies(page).getByRole("listitem").filter({ hasText: "done, in a list with room" });
    const box = await task.getByRole("checkbox").boundingBox();
    const words = await task.getByRole("paragraph").boundingBox();
    if (!box || !words) throw new Error("there is no such task");
    expect(box.x + box.width).toBeLessThanOrEqual(words.x);
    expect(Math.abs(box.y + box.height / 2 - (words.y + words.height / 2))).toBeLessThan(3);
  });

  await test.step("nothing moves while the chat opens", async () => {
    await openAgain(page);
    await expect(replies(page).getByRole("math").last()).toBeAttached();
    expect(await page.evaluate(movedSinceOpened)).toBeLessThan(0.01);
  });
});

/** How much of the page has moved by itself since it opened: https://web.dev/articles/cls */
async function movedSinceOpened(): Promise<number> {
  const shifts = await new Promise<PerformanceEntryList>((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: "layout-shift", buffered: true });
    setTimeout(resolve, 500, []);
  });
  return shifts.reduce((sum, shift) => sum + ("value" in shift ? Number(shift.value) : 0), 0);
}
