import type { Page } from "@playwright/test";
import type { Bench } from "../bench.ts";
import { type Figure, round } from "../figure.ts";
import { withPage } from "../support/browser.ts";

/** JavaScript that a first visit of the chat page loads, as it goes over the wire, beside the page that has almost none of ours. */
export async function firstLoad(bench: Bench): Promise<Figure[]> {
  return withPage(bench, async (page) => {
    const bare = await scriptsOf(page, `${bench.hearth.url}/no-such-page`);
    const chat = await scriptsOf(page, `${bench.hearth.url}/chat`);
    return [
      {
        title: "First-load JavaScript of the chat page",
        method:
          "Bytes of all script responses over the wire (compressed, with their headers), cache off, until the network is quiet. The baseline is the not-found page: React, Next and the frame.",
        columns: ["", "kB", "files"],
        rows: [
          ["not-found page", round(bare.bytes / 1000, 1), bare.files],
          ["chat page", round(chat.bytes / 1000, 1), chat.files],
        ],
        aim: "at most 250 kB",
        isMet: chat.bytes <= 250_000,
      },
    ];
  });
}

async function scriptsOf(page: Page, url: string): Promise<{ bytes: number; files: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url);
  // The chat page keeps an event stream open, so the network is never idle.
  await page.waitForTimeout(4_000);
  await session.detach();
  return { bytes, files: scripts.size };
}
