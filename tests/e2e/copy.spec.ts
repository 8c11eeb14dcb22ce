import { ask, messages, replies } from "./support/chat";
import { expect, test } from "./support/journey";

const code = 'const answer: number = 42; // the "answer"\nexport default answer;';
const reply = `Here it is:\n\n\`\`\`typescript\n${code}\n\`\`\`\n\nThat is **all**.`;

test("a message, a reply and its code are copied as they were written, and code is coloured", async ({ page, context, newcomer }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await newcomer({ reply });
  await ask(page, "Show me *some* code");
  const copied = () => page.evaluate(() => navigator.clipboard.readText());

  await messages(page).hover();
  await messages(page).getByRole("button", { name: "Copy", exact: true }).click();
  await expect(messages(page).getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await copied()).toBe("Show me *some* code");
  await replies(page).getByRole("button", { name: "Copy", exact: true }).click();
  await expect.poll(copied).toBe(reply);
  const block = replies(page).getByRole("figure", { name: "Code, typescript" });
  await block.getByRole("button", { name: "Copy code" }).click();
  await expect.poll(copied).toBe(code);

  const colours = () =>
    block.evaluate((element) => new Set([...element.querySelectorAll("pre span")].map((piece) => getComputedStyle(piece).color)).size);
  await expect.poll(colours).toBeGreaterThan(3);
});
