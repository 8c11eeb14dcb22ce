import { password, signIn } from "./support/accounts";
import { newChat } from "./support/chat";
import { expect, test } from "./support/journey";

test("a person changes their name and password, and ends another device's session", async ({
  page,
  anotherBrowser,
  newcomer,
  expectInConsole,
}) => {
  expectInConsole(/401 .*\/callback\/credentials/);
  const { url, email } = await newcomer();
  const other = await anotherBrowser({ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
  await signIn(other, url, email);

  await test.step("the name", async () => {
    await page.goto(`${url}/settings`);
    await page.getByRole("textbox", { name: "Name" }).fill("Ada Lovelace");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Your name is saved.")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Ada Lovelace");
    await expect(page.getByRole("button", { name: "Account: Ada Lovelace" })).toBeVisible();
  });

  await test.step("another device's session", async () => {
    await page.goto(`${url}/settings/sessions`);
    const theirs = page.getByRole("main").getByRole("listitem").filter({ hasText: "Firefox" });
    await expect(page.getByRole("listitem").filter({ hasText: "This device" })).toHaveCount(1);
    await theirs.getByRole("button", { name: "Sign out" }).click();
    await expect(theirs).toHaveCount(0);
    await other.reload();
    await expect(other).toHaveURL(/\/sign-in/);
  });

  await test.step("the password", async () => {
    await page.goto(`${url}/settings`);
    const change = async (present: string) => {
      await page.getByLabel("Current password").fill(present);
      await page.getByLabel("New password").fill("another long sentence");
      await page.getByRole("button", { name: "Change password" }).click();
    };
    await change("not the password");
    await expect(page.getByText("This is not your current password")).toBeVisible();
    await change(password);
    await expect(page.getByText("Your password is changed.")).toBeVisible();
    await newChat(page, url);
    await other.getByRole("textbox", { name: "Email" }).fill(email);
    await other.getByLabel("Password").fill(password);
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other.getByText("The email address or the password is wrong.")).toBeVisible();
    // The wrong one is selected, so that the right one is written over it.
    await expect(other.getByLabel("Password")).toBeFocused();
    await other.keyboard.type("another long sentence");
    await other.keyboard.press("Enter");
    await expect(other.getByRole("button", { name: "Account: Ada Lovelace" })).toBeVisible();
  });
});

test("light, dark and the system's own are kept on this device", async ({ page, newcomer }) => {
  const { url } = await newcomer();
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${url}/settings/appearance`);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByText("Dark", { exact: true }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  expect(await background()).toBe(dark);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByText("Light", { exact: true }).click();
  await expect.poll(background).toBe(light);
  await page.reload();
  expect(await background()).toBe(light);
  await page.getByText("System", { exact: true }).click();
  await expect.poll(background).toBe(dark);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(background).toBe(light);
});
