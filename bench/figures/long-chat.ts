import type { Page } from "@playwright/test";
import type { Bench } from "../bench.ts";
import type { Figure } from "../figure.ts";
import { withPage } from "../support/browser.ts";
import { readMeter, type Smoothness, smoothnessCells, smoothnessColumns, startMeter } from "../support/page-meter.ts";

const messages = 300;
const typed = "The quick brown fox jumps over the lazy dog, and then it does so again, because one time is not enough. ".repeat(2);
const answer =
  "Here is a **list** with `code`:\n\n- one\n- two\n- three\n\n```ts\nconst total = items.reduce((sum, item) => sum + item.price, 0);\n```\n\nAnd a paragraph that is long enough to wrap over a few lines, as most paragraphs of most replies do in a chat like this one.";

/** Typing into a chat of 300 messages, beside typing into an empty one. */
export async function longChat(bench: Bench): Promise<Figure[]> {
  const { id } = await bench.client.json<{ id: string }>("/api/v1/conversations", { title: "Long" });
  for (let index = 0; index < messages; index += 1) {
    const isQuestion = index % 2 === 0;
    await bench.client.json("/api/v1/messages", {
      conversationId: id,
      role: isQuestion ? "user" : "assistant",
      text: isQuestion ? `Question ${index}: how does this work?` : `${answer} (${index})`,
    });
  }
  return withPage(bench, async (page) => {
    const empty = await typeInto(page, `${bench.hearth.url}/chat`);
    const long = await typeInto(page, `${bench.hearth.url}/chat/${id}`);
    return [
      {
        title: "Typing into a 300-message chat in Chromium",
        method: `${typed.length} characters, one every 15 ms, after the page has come to rest. Half of the messages have a list and a block of code. The baseline is an empty chat.`,
        columns: ["", ...smoothnessColumns],
        rows: [
          ["empty chat", ...smoothnessCells(empty)],
          [`${messages} messages`, ...smoothnessCells(long)],
        ],
        aim: "no long task, fewer than 5 % of frames dropped",
        isMet: long.longTasks === 0 && long.framesDropped < 0.05 * (long.frames + long.framesDropped),
      },
    ];
  });
}

async function typeInto(page: Page, url: string): Promise<Smoothness> {
  await page.goto(url);
  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  await composer.click();
  await page.waitForTimeout(4_000);
  await startMeter(page);
  await page.keyboard.type(typed, { delay: 15 });
  const seen = await readMeter(page);
  await composer.fill("");
  return seen;
}
