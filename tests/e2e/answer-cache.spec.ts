import AxeBuilder from "@axe-core/playwright";
import { enter } from "./support/accounts";
import { replies, replyIsDone } from "./support/chat";
import { expect, test } from "./support/journey";

const models = [
  { name: "llama3.2:3b", loaded: true },
  { name: "embedder:latest", capabilities: ["embedding"], contextLength: 512, loaded: true },
];

test("the kept answer to a similar question names it and can be had fresh; an admin sees what is kept, sets it and clears it", async ({
  page,
  hearth,
  ollama,
}) => {
  const fake = await ollama({ models, reply: "Kept marzipan.", vectors: (texts) => texts.map(() => [1, 0]) });
  const { url } = await hearth({ env: { OLLAMA_BASE_URL: fake.url, HEARTH_CACHE_TTL_S: "600" } });
  await enter(page, url);
  const made = await page
    .context()
    .request.post(`${url}/api/v1/keys`, { data: { name: "Script", cache: "similar" }, headers: { origin: url } });
  const headers = { authorization: `Bearer ${(await made.json()).key}`, "content-type": "application/json" };
  const say = async (message: string) => {
    const said = await fetch(`${url}/api/v1/chat`, {
      method: "POST",
      headers,
      body: JSON.stringify({ message, model: "ollama/llama3.2:3b" }),
    });
    return (await said.json()) as { conversationId: string; message: { usage: { cache?: string } } };
  };
  await say("What is it made of?");
  const { conversationId, message } = await say("What's in it?");
  expect(message.usage.cache).toBe("similar");

  await page.goto(`${url}/chat/${conversationId}`);
  const reply = replies(page).last();
  await expect(reply).toContainText("Answer to a similar question: “What is it made of?”");
  await expect(reply).toContainText("from cache");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
  await fake.behave({ reply: "Fresh marzipan." });
  await reply.getByRole("button", { name: "Fresh answer" }).click();
  await expect(replies(page).last()).toContainText("Fresh marzipan.");
  await replyIsDone(page);
  await expect(replies(page).last()).not.toContainText("similar question");

  await page.goto(`${url}/settings/models`);
  const cache = page.getByRole("region", { name: "Answer cache" });
  await expect(cache).toContainText(/1 answer, \d KB of 64 MB/);
  await expect(cache).toContainText("Hits: 50 % of 2 calls today, 50 % of 2 calls since the start");
  await expect(cache.getByRole("spinbutton", { name: /^Lifetime/ })).toBeDisabled();
  await expect(cache).toContainText("HEARTH_CACHE_TTL_S sets it.");
  await cache.getByRole("spinbutton", { name: /^Size/ }).fill("32");
  await cache.getByRole("button", { name: "Save" }).click();
  await expect(cache).toContainText("of 32 MB");
  await expect(cache.getByText("Saved", { exact: true }).first()).toBeVisible();
  await cache.getByRole("combobox", { name: /compares them$/ }).click();
  await page.getByRole("option", { name: "ollama/embedder:latest" }).click();
  await cache.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The answer cache is changed.").last()).toBeVisible();
  await page.reload();
  await expect(cache.getByRole("combobox", { name: /compares them$/ })).toHaveText("ollama/embedder:latest");
  await cache.getByRole("button", { name: "Clear" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Clear" }).click();
  await expect(cache).toContainText("0 answers, 0 KB of 32 MB");
  await cache.getByRole("button", { name: "Use the defaults" }).click();
  const question = page.getByRole("alertdialog", { name: "Use the defaults?" });
  await expect(question).toContainText(
    "Size in MB; 0 switches the cache off: 32 · Similar questions: model that compares them: ollama/embedder:latest",
  );
  await question.getByRole("button", { name: "Use the defaults" }).click();
  await expect(cache).toContainText("of 64 MB");
});
