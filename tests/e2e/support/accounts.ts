import { expect, type Page } from "@playwright/test";
import { isAlive } from "./chat";

export const password = "correct horse battery";

type Account = { email?: string; name?: string };

/** Makes an account by HTTP, with no browser signed in to it. */
export async function register(url: string, { email, name }: Required<Account>): Promise<void> {
  const made = await fetch(`${url}/api/v1/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password, name }),
  });
  expect(made.status, await made.text()).toBe(201);
}

/** Makes an account (the first is the admin's) and signs the page's browser in, both by HTTP: pages of their own test the forms. */
export async function enter(page: Page, url: string, { email = "ada@example.org", name = "Ada" }: Account = {}): Promise<void> {
  await register(url, { email, name });
  await signIn(page, url, email);
}

/** Signs the page's browser in to an account that exists. Ends in a new chat. */
export async function signIn(page: Page, url: string, email = "ada@example.org"): Promise<void> {
  const { request } = page.context();
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json();
  const answer = await request.post(`${url}/api/auth/callback/credentials`, {
    form: { email, password, csrfToken, callbackUrl: `${url}/chat`, json: "true" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.goto(`${url}/chat`);
  await isAlive(page);
}

/** Fills the form of the first run or of registration. */
export async function fillAccount(page: Page, { email, name }: Required<Account>): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password").fill(password);
}
