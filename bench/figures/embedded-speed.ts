import { setTimeout as sleep } from "node:timers/promises";
import { provideModel } from "../../bin/testing/provide-model.ts";
import { signUp } from "../../tests/support/api-client.ts";
import { startHearth } from "../../tests/support/hearth.ts";
import { chatModelName, findModelFile } from "../../tests/support/model-files.ts";
import { type Figure, median, round } from "../figure.ts";
import { runScript } from "../support/processes.ts";

const prompt = "Explain in detail how bread is made, from the grain to the loaf.";
const maxTokens = 192;
const runs = 4;

type Reply = { message: { usage?: { outputTokens: number; durationMs: number; timeToFirstTokenMs: number } } };

/** Tokens a second of the embedded model through Hearth, beside the library that runs it. */
export async function embeddedSpeed(): Promise<Figure[]> {
  const missing = await provideModel();
  const chatModelFile = findModelFile(chatModelName);
  if (!chatModelFile) {
    console.log(`Skipped: there is no model to measure. ${missing}`);
    return [];
  }
  const hearth = await startHearth({ env: { HEARTH_LOCAL_MODEL: chatModelFile } });
  const client = await signUp(hearth.url);
  const body = JSON.stringify({ message: prompt, temperature: 0, maxTokens, tools: "none" });
  const headers = { "content-type": "application/json", authorization: `Bearer ${client.accessToken}`, "cache-control": "no-cache" };
  // A kept answer would come faster than any model writes.
  const ask = async () => (await (await fetch(`${hearth.url}/api/v1/chat`, { method: "POST", headers, body })).json()) as Reply;
  await ask();
  const alone: number[] = [];
  const through: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    alone.push(
      (await runScript<{ tokensPerSecond: number }>("library-alone.ts", [chatModelFile, prompt, String(maxTokens)])).tokensPerSecond,
    );
    const { usage } = (await ask()).message;
    if (usage) through.push((usage.outputTokens - 1) / ((usage.durationMs - usage.timeToFirstTokenMs) / 1000));
    // The title of the chat is written after the reply, with the same model.
    await sleep(3_000);
  }
  await hearth.close();
  const [library, ours] = [median(alone), median(through)];
  return [
    {
      title: "Embedded model, tokens a second",
      method: `SmolLM2 135M (Q4_1), the same prompt, temperature 0, ${maxTokens} tokens; median of ${runs} runs each, taken in turns. From the first token to the last.`,
      columns: ["", "tokens/s", "of the library"],
      rows: [
        ["node-llama-cpp alone", round(library, 1), "100 %"],
        ["Hearth", round(ours, 1), `${round((ours / library) * 100)} %`],
      ],
      aim: "at least 90 % of the library",
      isMet: ours >= 0.9 * library,
    },
  ];
}
