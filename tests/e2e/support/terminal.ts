import { expect, type Page } from "@playwright/test";

/** A Hearth with terminals, whose shells are the same everywhere. */
export const terminalEnv = {
  HEARTH_TERMINAL: "admin",
  HEARTH_TERMINAL_SHELL: "/bin/sh",
  HEARTH_TERMINAL_CWD: "/tmp",
  HEARTH_TERMINAL_MAX_SESSIONS: "4",
};

export const panes = (page: Page) => page.getByRole("region", { name: /^Terminal: / });
export const names = (page: Page) => page.getByRole("list", { name: "Terminals" });
/** What a terminal shows, as it tells screen readers. */
export const screens = (page: Page) => page.locator(".xterm-accessibility-tree");

/** Goes to the terminals, with their text in the page as screen readers need it. */
export async function goToTerminals(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/terminal`);
  await page.getByRole("button", { name: "Terminal settings" }).click();
  const turnOn = page.getByRole("menuitem", { name: /^Turn screen reader support/ });
  if ((await turnOn.textContent())?.endsWith("on")) await turnOn.click();
  else await page.keyboard.press("Escape");
}

/** Begins the first terminal. */
export async function openFirst(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await isConnected(page);
}

/** Every terminal that is shown is joined with its shell. */
export async function isConnected(page: Page): Promise<void> {
  await expect(page.locator("[data-connection]").first()).toBeAttached();
  await expect(page.locator("[data-connection]:not([data-connection=open])")).toHaveCount(0);
}

/** Types a command into one of the terminals that are shown, the last unless told. */
export async function run(page: Page, command: string, pane = panes(page).last()): Promise<void> {
  await pane.locator(".xterm-helper-textarea").focus();
  await page.keyboard.type(command);
  await page.keyboard.press("Enter");
}

/** How many columns the shell says its terminal has. */
export async function columns(page: Page): Promise<number> {
  await run(page, 'clear; echo "size=$(stty size)=end"');
  const told = /size=\d+ (\d+)=end/;
  await expect(screens(page)).toContainText(told);
  return Number((await screens(page).textContent())?.match(told)?.[1]);
}
