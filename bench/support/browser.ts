import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumArgs, findChromium } from "../../tests/support/chromium.ts";
import type { Bench } from "../bench.ts";

/** Runs `measure` with a page that is signed in. */
export async function withPage<T>(
  { hearth, account }: Pick<Bench, "hearth" | "account">,
  measure: (page: Page, browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${hearth.url}/sign-in`);
    await page.getByLabel("Email").fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
    return await measure(page, browser);
  } finally {
    await browser.close();
  }
}
