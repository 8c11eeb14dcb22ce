import { test as base, expect, type Page } from "@playwright/test";
import { type Hearth, type HearthOptions, startHearth } from "../../support/hearth";
import { chatModelFile } from "../../support/models";

export type { Hearth };
export { expect };

export const password = "correct horse battery";

type Fixtures = {
  /** Starts a built Hearth; it is ended, and its folder removed, with the test. `model: true` gives it the real embedded model. */
  hearth: (options?: HearthOptions & { model?: boolean }) => Promise<Hearth>;
};

/** Playwright's `test` with Hearths to talk to. */
export const test = base.extend<Fixtures>({
  hearth: async ({ browserName: _browserName }, use) => {
    const started: Hearth[] = [];
    await use(async ({ model = false, env, ...options } = {}) => {
      test.skip(model && !chatModelFile, "there is no SmolLM2 file on this machine");
      const one = await startHearth({ ...options, env: { HEARTH_LOCAL_MODEL: model && chatModelFile ? chatModelFile : "off", ...env } });
      started.push(one);
      return one;
    });
    for (const one of started) await one.close();
  },
});

/** The first account, made on the first-run page. Ends in a new chat. */
export async function signUpAdmin(page: Page, url: string, email = "ada@example.org"): Promise<void> {
  await page.goto(url);
  await fillAccount(page, { name: "Ada", email });
  await page.getByRole("button", { name: "Create account and start" }).click();
  await expect(composer(page)).toBeVisible();
}

async function fillAccount(page: Page, { name, email }: { name: string; email: string }): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
}

/** Signs in an account that exists. Ends in a new chat. */
export async function signIn(page: Page, url: string, email = "ada@example.org"): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(composer(page)).toBeVisible();
}

/** The field in which a message is written. */
export const composer = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });

/** Every reply on the page, oldest first. */
export const replies = (page: Page) => page.getByRole("article", { name: "Reply" });

/** Opens an empty chat. */
export async function newChat(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/chat`);
  await expect(composer(page)).toBeVisible();
}

/** Writes a message and sends it with Enter. */
export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await expect(page.getByRole("article", { name: "Your message" }).last()).toContainText(text);
}

/** Waits until the newest reply is whole. */
export async function replyIsDone(page: Page, withinMs = 30_000): Promise<void> {
  await expect(replies(page).last()).toHaveAttribute("aria-busy", "false", { timeout: withinMs });
}
