import { enter } from "./support/accounts";
import { isAccessible } from "./support/is-accessible";
import { expect, test } from "./support/journey";
import { goToTerminals, openFirst, run, screens, terminalEnv } from "./support/terminal";

test("the copilot gets the failed command, and puts what it proposes at the prompt, where nothing runs before Enter", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ reply: "The file is missing. Make it:\n\n```sh\necho made-it-$((40+2))\n```\n" });
  const { url } = await hearth({ env: { ...terminalEnv, HEARTH_TERMINAL_SHELL: "/bin/bash", OLLAMA_BASE_URL: fake.url } });
  await enter(page, url);
  await goToTerminals(page, url);
  await openFirst(page);
  await run(page, "echo needs-a-fi''le; (exit 3)");
  await expect(screens(page)).toContainText("needs-a-file");

  const copilot = page.getByRole("complementary", { name: "Copilot" });
  await test.step("ask with what is shown", async () => {
    await page.keyboard.press("Control+Shift+Space");
    await expect(copilot.getByRole("textbox", { name: "Ask the copilot" })).toBeFocused();
    await copilot.getByText(/^With: output of .*, exit 3, 1 line$/).click();
    await expect(copilot.getByRole("region", { name: "What is sent of the terminal" })).toContainText("needs-a-file");
    await copilot.getByRole("button", { name: "Fix it" }).click();
    await expect(copilot.getByRole("article")).toContainText("The file is missing.");
    const asked = JSON.stringify(fake.chats.at(-1)?.body);
    expect(asked).toContain("needs-a-file");
    expect(asked).toContain("exit status 3");
    await isAccessible(page, "copilot");
  });

  await test.step("insert by key, and run by Enter", async () => {
    await expect(copilot.getByRole("button", { name: "Insert" })).toBeVisible();
    await page.keyboard.press("Control+Enter");
    await expect(screens(page)).toContainText("echo made-it-$((40+2))");
    await expect(page.locator(".xterm-helper-textarea")).toBeFocused();
    await expect(screens(page)).not.toContainText("made-it-42");
    await page.keyboard.press("Enter");
    await expect(screens(page)).toContainText("made-it-42");
  });

  await test.step("on a phone it is below the terminal, and what is left out is not sent", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const [above, below] = [await screens(page).boundingBox(), await copilot.boundingBox()];
    expect(below?.y).toBeGreaterThan((above?.y ?? 0) + 40);
    await copilot.getByRole("button", { name: "Leave it out" }).click();
    await copilot.getByRole("textbox", { name: "Ask the copilot" }).fill("And now?");
    await page.keyboard.press("Enter");
    await expect(copilot.getByRole("article")).toHaveCount(2);
    await expect(copilot.getByRole("article").last()).toContainText("The file is missing.");
    const sent = fake.chats.at(-1)?.body as { messages: { content: string }[] } | undefined;
    expect(sent?.messages.at(-1)?.content).toBe("And now?");
  });
});
