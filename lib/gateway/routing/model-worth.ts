import { LRUCache } from "lru-cache";
import { z } from "zod";
import { processGlobal } from "@/lib/core/process-global";
import data from "./model-families.json" with { type: "json" };

const entry = z.object({ match: z.string(), is: z.number().min(0).max(1) });
const families = z
  .object({ quality: z.array(entry), words: z.array(entry), code: z.array(z.string()), reasoning: z.array(z.string()) })
  .parse(data);

/** What a model's name tells of it. `quality` is a rough order from 0 to 1; `billions` its parameters, where the name has them. */
export type ModelWorth = { quality: number; billions: number | undefined; isForCode: boolean; isReasoner: boolean };

const unknownQuality = 0.5;
/** A model of one billion parameters, and what ten times as many add. */
const perSize = { one: 0.2, tenfold: 0.33, least: 0.02, most: 0.92 };

const known = () => processGlobal("routing-model-worth", () => new LRUCache<string, ModelWorth>({ max: 2_000 }));

/** What a model is worth, judged by its name alone: its family, else its size, else a word such as `mini`. */
export function modelWorth(name: string): ModelWorth {
  const found = known().get(name);
  if (found) return found;
  const worth = judge(name.toLowerCase());
  known().set(name, worth);
  return worth;
}

function judge(name: string): ModelWorth {
  const billions = billionsOf(name);
  const family = families.quality.find(({ match }) => hasPart(name, match))?.is;
  const word = families.words.find(({ match }) => hasPart(name, match))?.is;
  return {
    quality: family ?? (billions !== undefined ? qualityOfSize(billions) : (word ?? unknownQuality)),
    billions,
    isForCode: families.code.some((match) => hasPart(name, match)),
    isReasoner: families.reasoning.some((match) => hasPart(name, match)),
  };
}

/** Whether a name has a part that begins where a word does, and ends with no other number, so that `o3` is not found in `foo3`. */
function hasPart(name: string, part: string): boolean {
  for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
    const begins = !/^\w/.test(part) || !/\w/.test(name[at - 1] ?? "");
    const ends = !/\d$/.test(part) || !/\w/.test(name[at + part.length] ?? "");
    if (begins && ends) return true;
  }
  return false;
}

/** `7b` is 7, `135m` 0.135, `8x7b` 56: https://ollama.com/library names models so. */
function billionsOf(name: string): number | undefined {
  const [, times, size, unit] = /(?<![a-z0-9.])e?(?:(\d+)x)?(\d+(?:\.\d+)?)(b|m)(?![a-z0-9])/.exec(name) ?? [];
  if (!size) return undefined;
  return (Number(times ?? 1) * Number(size)) / (unit === "m" ? 1_000 : 1);
}

function qualityOfSize(billions: number): number {
  const quality = perSize.one + perSize.tenfold * Math.log10(Math.max(billions, 0.01));
  return Math.min(perSize.most, Math.max(perSize.least, quality));
}
