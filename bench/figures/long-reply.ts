import type { Page } from "@playwright/test";
import type { Bench } from "../bench.ts";
import type { Figure } from "../figure.ts";
import { withPage } from "../support/browser.ts";
import { readMeter, smoothnessCells, smoothnessColumns, startMeter } from "../support/page-meter.ts";

const words = 5_000;
const model = `ollama/words-${words}-every-5:latest`;

/** A reply of 5,000 words, 200 a second, rendered as Markdown in Chromium; beside a page that only appends the text. */
export async function longReply(bench: Bench): Promise<Figure[]> {
  return withPage(bench, async (page) => {
    const { id } = await bench.client.json<{ id: string }>("/api/v1/conversations", { model });
    await page.goto(`${bench.hearth.url}/chat/${id}`);
    const composer = page.getByRole("textbox", { name: "Message", exact: true });
    await composer.fill("Write a lot");
    await startMeter(page);
    await composer.press("Enter");
    await page.getByRole("article", { name: "Reply" }).waitFor();
    await page.locator('article[aria-label="Reply"][aria-busy="false"]').waitFor({ timeout: 90_000 });
    const chat = await readMeter(page);
    const text = (await page.getByRole("article", { name: "Reply" }).textContent()) ?? "";
    const plain = await appendPlainly(page);
    return [
      {
        title: "Streaming a 5,000-word reply in Chromium",
        method: `${words} words of Markdown at 200 a second, watched from Enter to the end; without a graphics card, on the same two cores as the server. The baseline appends the same words to a plain text node.`,
        columns: ["", ...smoothnessColumns, "last word shown"],
        rows: [
          ["plain text node", ...smoothnessCells(plain), "yes"],
          ["chat page", ...smoothnessCells(chat), text.includes(String(words - 1)) ? "yes" : "no"],
        ],
        aim: "no long task over 200 ms, fewer than 5 % of frames dropped, the last word shown",
        isMet:
          chat.longestTaskMs <= 200 && chat.framesDropped < 0.05 * (chat.frames + chat.framesDropped) && text.includes(String(words - 1)),
      },
    ];
  });
}

async function appendPlainly(page: Page) {
  await page.goto("about:blank");
  await startMeter(page);
  await page.evaluate(async (count) => {
    const text = document.body.appendChild(document.createElement("pre")).appendChild(document.createTextNode(""));
    for (let written = 0; written < count; written += 4) {
      text.appendData(`word${written} word word word\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, words);
  return readMeter(page);
}
