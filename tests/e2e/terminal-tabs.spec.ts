import { clientFrame } from "../../lib/terminal/contract";
import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { goToTerminals, isConnected, names, openFirst, panes, run, screens, terminalEnv } from "./support/terminal";

test("several terminals: names, split, keys, search, a question before a program is ended, and the limit", async ({
  page,
  hearth,
  ollama,
}) => {
  const { url } = await hearth({ env: { ...terminalEnv, HEARTH_TERMINAL_MAX_SESSIONS: "3", OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  await run(page, "echo in-the-fi''rst");
  await expect(screens(page)).toContainText("in-the-first");

  await test.step("another by key, beside the first", async () => {
    await page.keyboard.press("Control+Shift+Digit5");
    await expect(panes(page)).toHaveCount(2);
    await isConnected(page);
    await run(page, "echo in-the-sec''ond", panes(page).last());
    await expect(screens(page).last()).toContainText("in-the-second");
    await expect(screens(page).first()).toContainText("in-the-first");
    await isAccessible(page, "two terminals");
  });

  await test.step("rename by F2, kept over a reload", async () => {
    await names(page).getByRole("button", { name: "sh", exact: true }).focus();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Name of the terminal" }).fill("build");
    await page.keyboard.press("Enter");
    const renamed = names(page).getByRole("button", { name: "build", exact: true });
    // It shows once the server has it; a reload before that takes the request along.
    await expect(renamed).toBeVisible();
    await page.reload();
    await expect(renamed).toBeVisible();
    await expect(panes(page)).toHaveCount(2);
    await isConnected(page);
  });

  await test.step("search, by key", async () => {
    await panes(page).last().locator(".xterm-helper-textarea").focus();
    await page.keyboard.press("Control+Shift+KeyF");
    await page.getByRole("textbox", { name: "Search the terminal" }).fill("in-the-second");
    await expect(panes(page).last().getByRole("status")).toHaveText("1 of 1");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: "Search the terminal" })).toBeHidden();
  });

  await test.step("one alone, the next by key, and out of the terminal by key", async () => {
    await page.getByRole("button", { name: "Show one alone" }).click();
    await expect(panes(page)).toHaveCount(1);
    await expect(screens(page)).toContainText("in-the-second");
    await page.keyboard.press("Alt+PageDown");
    await expect(page.getByRole("region", { name: "Console" })).toBeVisible();
    await page.keyboard.press("Alt+PageDown");
    await expect(page.getByRole("region", { name: "Console" })).toBeHidden();
    await expect(panes(page).locator(".xterm-accessibility-tree")).toContainText("in-the-first");
    await isConnected(page);
    await page.keyboard.press("Control+Shift+Period");
    await expect(names(page).getByRole("button", { name: "build", exact: true })).toBeFocused();
  });

  await test.step("the limit is told, and passes when one is closed", async () => {
    await page.getByRole("button", { name: /^New terminal/ }).click();
    await expect(names(page).getByRole("listitem")).toHaveCount(3);
    await page.getByRole("button", { name: /^New terminal/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "3 terminals run, which is the limit" })).toBeVisible();
    await page.getByRole("button", { name: "Close sh", exact: true }).click();
    await expect(names(page).getByRole("listitem")).toHaveCount(2);
  });

  await test.step("a program that runs is ended only on purpose", async () => {
    await names(page).getByRole("button", { name: "build", exact: true }).click();
    await isConnected(page);
    await run(page, "sleep 1000");
    await page.waitForTimeout(300);
    await page.getByRole("button", { name: "Close build" }).click();
    const question = page.getByRole("alertdialog", { name: "Close build?" });
    await expect(question).toContainText("sleep");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(names(page).getByRole("listitem")).toHaveCount(2);
    await page.getByRole("button", { name: "Close build" }).click();
    await question.getByRole("button", { name: "Close" }).click();
    await expect(names(page).getByRole("listitem")).toHaveCount(1);
  });
});

test("a terminal that is opened again is joined at its size, and not resized after", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  const resizes: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (payload[0] === clientFrame.resize) resizes.push(socket.url());
    }),
  );
  await page.reload();
  await isConnected(page);
  await run(page, "echo joi''ned");
  await expect(screens(page)).toContainText("joined");
  await page.waitForTimeout(500);
  expect(resizes).toEqual([]);
});

test("a paste of several lines is asked about, and one line is not", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  const paste = (text: string) =>
    panes(page)
      .locator(".xterm-helper-textarea")
      .evaluate((field, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", pasted);
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, text);
  await paste("echo one-lï''ne");
  await expect(screens(page)).toContainText("echo one-lï''ne");
  await page.keyboard.press("Enter");
  await expect(screens(page)).toContainText("one-lïne");
  await paste("echo fir''st\necho sec''ond\n");
  const question = page.getByRole("dialog", { name: "Paste 2 lines?" });
  await expect(question).toContainText("echo sec''ond");
  await isAccessible(page, "a paste");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(screens(page)).not.toContainText("fir");
  await paste("echo fir''st\necho sec''ond\n");
  await question.getByRole("button", { name: "Paste" }).click();
  await expect(screens(page)).toContainText("first");
  await expect(screens(page)).toContainText("second");
});

test("two tabs show one terminal, and what one types and takes of room the other sees", async ({ page, hearth, ollama }) => {
  const { url } = await hearth({ env: { ...terminalEnv, OLLAMA_BASE_URL: (await ollama()).url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 800, height: 500 });
  await goToTerminals(other, url);
  await isConnected(other);
  await run(page, "echo from-o''ne");
  await expect(screens(other)).toContainText("from-one");
  await run(other, "echo from-oth''er");
  await expect(screens(page)).toContainText("from-other");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await run(page, "clear; echo width-$(stty size | cut -d' ' -f2)-");
  await expect(screens(other)).toContainText(/width-1\d\d-/);
});
