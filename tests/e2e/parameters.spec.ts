import type { FakeHost } from "../support/fake-host";
import { ask, openAgain } from "./support/chat";
import { expect, test } from "./support/journey";

/** What the host was asked when the reader said `text`: its options and the system prompt. */
function asked(fake: FakeHost, text: string) {
  type Body = { options?: Record<string, unknown>; messages: { role: string; content: string }[] };
  const bodies = fake.chats.map(({ body }) => body as Body);
  const body = bodies.find(({ messages }) => messages.some(({ role, content }) => role === "user" && content === text));
  return { options: body?.options, system: body?.messages.find(({ role }) => role === "system")?.content };
}

test("temperature, top-p, the longest reply and the system prompt reach the host, and stay with the chat", async ({ page, newcomer }) => {
  const { fake } = await newcomer({ reply: "Bread." });
  await page.getByRole("button", { name: "Parameters" }).click();
  const popover = page.getByRole("dialog", { name: "Parameters of this chat" });
  await popover.getByRole("slider", { name: "Temperature" }).press("ArrowLeft");
  await popover.getByRole("slider", { name: "Temperature" }).press("ArrowLeft");
  await expect(popover).toContainText("0.90");
  await popover.getByRole("slider", { name: "Top-p" }).press("ArrowLeft");
  await popover.getByRole("spinbutton", { name: "Longest reply, in tokens" }).fill("321");
  await popover.getByRole("textbox", { name: "System prompt" }).fill("You are a baker.");
  await page.keyboard.press("Escape");
  await ask(page, "How is bread made?");
  const expected = { options: { temperature: 0.9, top_p: 0.95, num_predict: 321 }, system: expect.stringContaining("You are a baker.") };
  expect(asked(fake, "How is bread made?")).toMatchObject(expected);

  await openAgain(page);
  await page.getByRole("button", { name: "Parameters, 4 changed" }).click();
  await expect(popover.getByRole("textbox", { name: "System prompt" })).toHaveValue("You are a baker.");
  await page.keyboard.press("Escape");
  await ask(page, "And cake?");
  expect(asked(fake, "And cake?")).toMatchObject(expected);
});
