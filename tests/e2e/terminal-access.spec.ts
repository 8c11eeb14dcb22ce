import type { WebSocketRoute } from "@playwright/test";
import { enter, signIn } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { goToTerminals, isConnected, openFirst, panes, run, screens, terminalEnv } from "./support/terminal";

test("where shells are off there is the console; an admin is told how to turn them on, and who is no admin is not", async ({
  page,
  anotherBrowser,
  hearth,
  ollama,
}) => {
  const { url } = await hearth({ env: { HEARTH_SIGNUP: "open", OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await page.goto(`${url}/terminal`);
  await expect(page.getByRole("region", { name: "Console" })).toBeVisible();
  await page.getByText("Shells are off").click();
  await expect(page.getByText("HEARTH_TERMINAL=admin npm start")).toBeVisible();
  await isAccessible(page, "shells off");
  const other = await anotherBrowser();
  await enter(other, url, { email: "bob@example.org", name: "Bob" });
  await other.goto(`${url}/terminal`);
  await expect(other.getByRole("region", { name: "Console" })).toBeVisible();
  await expect(other.getByText("Shells are off")).toHaveCount(0);
});

test("where shells are on, who is no admin has the console alone", async ({ page, anotherBrowser, hearth, ollama }) => {
  const { url } = await hearth({ env: { ...terminalEnv, HEARTH_SIGNUP: "open", OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  const other = await anotherBrowser();
  await enter(other, url, { email: "bob@example.org", name: "Bob" });
  await other.goto(`${url}/terminal`);
  await expect(other.getByRole("region", { name: "Console" })).toBeVisible();
  await expect(other.getByRole("list", { name: "Terminals" })).toHaveCount(0);
  await expect(other.getByRole("button", { name: /terminal \(/i })).toHaveCount(0);
});

test("a lost connection comes back by itself, with what happened meanwhile; a sign-in that ends elsewhere ends it", async ({
  page,
  anotherBrowser,
  hearth,
  ollama,
  expectInConsole,
}) => {
  expectInConsole(/401|WebSocket/);
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  const sockets: WebSocketRoute[] = [];
  let isDown = false;
  await page.routeWebSocket(/\/api\/terminal\//, (socket) => {
    if (isDown) return void socket.close({ code: 1012 });
    socket.connectToServer();
    sockets.push(socket);
  });
  await goToTerminals(page, url);
  await openFirst(page);
  await run(page, "sleep 2; echo mean''while");
  isDown = true;
  await sockets.at(-1)?.close({ code: 1012 });
  const notice = panes(page).getByRole("status").filter({ hasText: "Disconnected" });
  await expect(notice).toBeVisible();
  await page.waitForTimeout(2_500);
  isDown = false;
  await notice.getByRole("button", { name: "Connect now" }).click();
  await expect(notice).toBeHidden();
  await expect(screens(page)).toContainText("meanwhile");

  const other = await anotherBrowser({ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
  await signIn(other, url);
  await other.goto(`${url}/settings/sessions`);
  await other.getByRole("main").getByRole("listitem").filter({ hasText: "Chrome" }).getByRole("button", { name: "Sign out" }).click();
  await expect(panes(page).getByRole("status").filter({ hasText: "Your sign-in has ended" })).toBeVisible();
});

test("on a phone the keys that it lacks are below the terminal, and nothing reaches past the side", async ({
  anotherBrowser,
  hearth,
  ollama,
}) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  const page = await anotherBrowser({ viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  const keys = page.getByRole("toolbar", { name: "Keys" });
  await run(page, "echo typed-be''fore");
  await expect(screens(page)).toContainText("typed-before");
  await run(page, "cat");
  await page.keyboard.type("ab");
  for (const key of ["|", "/", "~"]) await keys.getByRole("button", { name: key, exact: true }).tap();
  await expect(screens(page)).toContainText("ab|/~");
  await keys.getByRole("button", { name: "Ctrl", exact: true }).tap();
  await expect(keys.getByRole("button", { name: "Ctrl", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.type("c");
  await expect(keys.getByRole("button", { name: "Ctrl", exact: true })).toHaveAttribute("aria-pressed", "false");
  await run(page, "echo af''ter");
  await expect(screens(page)).toContainText("after");
  await run(page, "stty -echo; cat -v");
  for (const key of ["Up", "Left", "Esc", "Tab"]) await keys.getByRole("button", { name: key, exact: true }).tap();
  await page.keyboard.press("Enter");
  await expect(screens(page)).toContainText("^[[A^[[D^[");
  expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth)).toBeLessThanOrEqual(0);
  await isConnected(page);
  await isAccessible(page, "terminal on a phone");
});
