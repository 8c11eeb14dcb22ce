import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { enter } from "./support/accounts";
import { ask, chats, composer, messages, replies } from "./support/chat";
import { expect, test } from "./support/journey";

const openedChat = /\/api\/chat\/[\da-f-]{36}$/;

test("a fault in one message, or in the composer, takes nothing else from the page", async ({ page, newcomer, expectInConsole }) => {
  expectInConsole(/TypeError|Minified React error|error boundary/);
  await newcomer({ reply: "Bread." });
  await ask(page, "How is bread made?");
  await ask(page, "And cake?");

  await test.step("a message", async () => {
    await page.route(openedChat, async (route) => {
      const answer = await route.fetch();
      const opened = await answer.json();
      opened.messages[1].parts = [{ type: "text", text: 7 }];
      await route.fulfill({ response: answer, json: opened });
    });
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    const notice = page.getByRole("region", { name: "Messages" }).getByRole("alert");
    await expect(notice).toContainText("There was a problem showing this message.");
    await expect(notice).toContainText(/Reference: [\w-]{36} · [\w-]{36}/);
    await expect(messages(page)).toHaveCount(2);
    await expect(replies(page)).toHaveCount(1);
    await page.unroute(openedChat);
  });

  await test.step("the composer", async () => {
    await page.route("**/api/v1/models?*", async (route) => {
      const answer = await route.fetch();
      const page = await answer.json();
      for (const item of page.items) item.upstreams = null;
      await route.fulfill({ response: answer, json: page });
    });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const notice = page.getByRole("alert").filter({ hasText: "There was a problem showing the field for messages." });
    await expect(notice).toBeVisible();
    await expect(messages(page)).toHaveCount(2);
    await expect(chats(page).getByRole("link")).toHaveCount(1);
    await page.unroute("**/api/v1/models?*");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(async () => {
      await notice.getByRole("button", { name: "Try again" }).click();
      await expect(composer(page)).toBeVisible({ timeout: 500 });
    }).toPass();
  });
});

test("a fault in the frame of all pages names the page's request, offers a way on, and is as light or dark as the system", async ({
  page,
  hearth,
  expectInConsole,
}) => {
  expectInConsole(/no media here|Minified React error|error boundary/);
  const { url } = await hearth();
  await page.addInitScript(() => {
    window.matchMedia = () => {
      throw new Error("no media here");
    };
  });
  const answer = await page.goto(`${url}/welcome`);
  await expect(page.getByRole("heading", { name: "Hearth could not show this page" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(`Reference: ${answer?.headers()["x-request-id"]}`);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(page.getByRole("link", { name: "New chat" })).toHaveAttribute("href", "/chat");

  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await background()).toBe("rgb(255, 255, 255)");
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await background()).toBe("rgb(26, 25, 24)");
});

test("a page that cannot be made names its request, under which the log has the error without what was written", async ({
  page,
  hearth,
  ollama,
  expectInConsole,
}) => {
  // React puts what became of the page on the server into words of its own, and then a number.
  expectInConsole(/Minified React error #441|Server Components render|status of 500/);
  const fake = await ollama({ reply: "Bread." });
  const app = await hearth({ env: { OLLAMA_BASE_URL: fake.url } });
  await enter(page, app.url);
  await ask(page, "How is bread made?");
  const { id: userId } = await (await page.request.get(`${app.url}/api/v1/me`)).json();
  const chat = page.url();
  await page.goto("about:blank");

  await app.kill();
  const database = await PGlite.create(path.join(app.dataDir, "postgres"));
  await database.exec("alter table messages rename to elsewhere");
  await database.close();
  await app.restart();
  const answer = await page.goto(chat);
  const requestId = answer?.headers()["x-request-id"] ?? "";
  const notice = page.getByRole("main").getByRole("alert");
  await expect(notice).toContainText("There was a problem showing this page.");
  await expect(notice).toContainText(requestId);
  await expect(page.getByRole("button", { name: "Account: Ada" })).toBeVisible();
  await expect.poll(() => app.output()).toContain(`"requestId":"${requestId}"`);
  const line =
    app
      .output()
      .split("\n")
      .find((text) => text.includes(requestId)) ?? "";
  expect(JSON.parse(line)).toMatchObject({ msg: "page failed", path: new URL(chat).pathname, digest: expect.any(String) });
  await expect(notice).toContainText(JSON.parse(line).digest);
  expect(app.output()).toContain("Failed query");
  expect(app.output()).not.toContain(userId);
});
