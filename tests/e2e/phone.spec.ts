import type { Page } from "@playwright/test";
import { enter } from "./support/accounts";
import { ask, chats, composer, replies, send, stopButton } from "./support/chat";
import { expect, test } from "./support/journey";
import { sampleReply } from "./support/sample-reply";

const widths = [360, 390];

/** Nothing reaches past the side of the screen. */
const fitsWidth = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth), { message: page.url() })
    .toBeLessThanOrEqual(0);

/**
 * Buttons and links that are hard to hit with a finger: less than 24 px wide or high and with another one within the
 * 24 px circle around their middle; links within a sentence excepted (WCAG 2.2, 2.5.8).
 */
const hardToHit = (page: Page) =>
  page.evaluate(() => {
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isExcepted = (element: Element) => element.matches("p a, p button, .sr-only");
    const targets = [...document.querySelectorAll("button, a[href], summary, input:not(:disabled), [role=menuitem], [role=option]")]
      .filter((element) => isShown(element) && !isExcepted(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }));
    type Target = (typeof targets)[number];
    const isSmall = ({ box }: Target) => box.width < 24 || box.height < 24;
    const middle = ({ box }: Target) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    const away = ({ x, y }: { x: number; y: number }, { left, right, top, bottom }: DOMRect) =>
      Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    const isTooNear = (one: Target, other: Target) => {
      const [a, b] = [middle(one), middle(other)];
      return away(a, other.box) < 12 || (isSmall(other) && Math.hypot(a.x - b.x, a.y - b.y) < 24);
    };
    return targets
      .filter((one) => isSmall(one) && targets.some((other) => other !== one && isTooNear(one, other)))
      .map(({ element, box }) => `${element.getAttribute("aria-label") ?? element.textContent}: ${box.width}×${box.height}`);
  });

for (const width of widths) {
  test(`at ${width} px a chat is found, written and read with one hand, and no page scrolls sideways`, async ({
    anotherBrowser,
    hearth,
    ollama,
    expectInConsole,
  }) => {
    expectInConsole(/404 .*\/nowhere/);
    const fake = await ollama({ reply: sampleReply, reasoning: "Let me think about that." });
    const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
    const page = await anotherBrowser({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true });
    const isFit = async () => {
      await fitsWidth(page);
      expect(await hardToHit(page), page.url()).toEqual([]);
    };
    await page.goto(url);
    await expect(page.getByRole("button", { name: "Create account and start" })).toBeVisible();
    await isFit();
    await enter(page, url);
    await isFit();

    await test.step("write and read", async () => {
      await composer(page).tap();
      // Safari zooms into smaller ones.
      expect(await composer(page).evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize))).toBeGreaterThanOrEqual(16);
      await ask(page, "Show me everything you can do, in one reply that is wide");
      await expect(replies(page).getByRole("table")).toBeVisible();
      await expect(replies(page).getByRole("math").last()).toBeAttached();
      await isFit();
      const box = await composer(page).boundingBox();
      expect(box && box.y + box.height).toBeLessThanOrEqual(740);
      await fake.behave({ reply: undefined, tokens: 1_000, intervalMs: 20 });
      await send(page, "Count");
      await stopButton(page).tap();
      await expect(replies(page).last()).toContainText("Stopped");
    });

    await test.step("the drawer", async () => {
      const drawer = page.getByRole("complementary", { name: "Chats and account" });
      await expect(drawer).toBeHidden();
      await page.getByRole("button", { name: "Open the chat list" }).tap();
      await expect(drawer).toBeVisible();
      await expect(chats(page).getByRole("link")).toHaveCount(1);
      await isFit();
      await page.keyboard.press("Escape");
      await expect(drawer).toBeHidden();
      await page.getByRole("button", { name: "Open the chat list" }).tap();
      await drawer.getByRole("link", { name: "New chat" }).tap();
      await expect(drawer).toBeHidden();
      await expect(page).toHaveURL(`${url}/chat`);
      await expect(composer(page)).toBeVisible();
    });

    for (const path of [
      "/settings",
      "/settings/sessions",
      "/settings/appearance",
      "/settings/hosts",
      "/settings/models",
      "/settings/people",
      "/terminal",
      "/docs/api",
      "/nowhere",
    ]) {
      await test.step(path, async () => {
        await page.goto(`${url}${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await isFit();
        // The frame stays, and what is in it scrolls.
        if (path.startsWith("/settings")) {
          expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight), path).toBe(0);
        }
      });
    }
  });
}
