import { isAccessible } from "./support/accessible";
import { enter } from "./support/accounts";
import { expect, test } from "./support/journey";

const out = "/tmp/terminal-shots";
test("shots", async ({ page, hearth, ollama, anotherBrowser }) => {
  test.setTimeout(120000);
  const { url } = await hearth({
    env: {
      HEARTH_TERMINAL: "admin",
      HEARTH_TERMINAL_CWD: "/tmp/wt/terminal",
      HEARTH_TERMINAL_SHELL: "/bin/bash",
      OLLAMA_BASE_URL: (await ollama()).url,
    },
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(page, url);
  await page.goto(`${url}/terminal`);
  await page.getByRole("button", { name: "Open a terminal" }).waitFor();
  await page.screenshot({ path: `${out}/empty.png` });
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await expect(page.locator("[data-connection]").last()).toHaveAttribute("data-connection", "open");
  await page.waitForTimeout(500);
  await page.keyboard.type(
    "ls --color=always -la | head -30; git log --oneline --color | head -5; for i in 0 1 2 3 4 5 6 7; do printf '\\033[3%smcolor%s \\033[9%smbright%s\\033[0m ' $i $i $i $i; done; echo https://example.org\n",
  );
  await page.waitForTimeout(1000);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${out}/1440-${colorScheme}.png` });
  }
  await page.getByRole("button", { name: /^Split/ }).click();
  await page.waitForTimeout(1200);
  await page.keyboard.type("vim -u NONE package.json\n");
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `${out}/1440-split.png` });
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.type("node");
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${out}/1440-search.png` });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Terminal settings" }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${out}/1440-menu.png` });
  await page.keyboard.press("Escape");
  console.log("webgl canvases", await page.locator(".xterm-screen canvas").count());
  if (0) await isAccessible(page, "split").catch((e) => console.log("AXE", e.message.slice(0, 3000)));
  const storage = await page.context().storageState();
  const phone = await anotherBrowser({ viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true, storageState: storage });
  await phone.goto(`${url}/terminal`);
  await expect(phone.locator("[data-connection]").first()).toHaveAttribute("data-connection", "open");
  for (const colorScheme of ["light", "dark"] as const) {
    await phone.emulateMedia({ colorScheme });
    await phone.waitForTimeout(700);
    await phone.screenshot({ path: `${out}/390-${colorScheme}.png` });
  }
  console.log("overflow", await phone.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth));
});
