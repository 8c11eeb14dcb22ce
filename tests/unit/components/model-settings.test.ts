import { expect, test } from "vitest";
import { timeLeft } from "@/components/hosts/host-words";
import type { ModelRow } from "@/components/model-settings/model-types";
import { priceText } from "@/components/model-settings/model-words";
import { moveItem } from "@/components/model-settings/move-item";
import { readModelForm } from "@/components/model-settings/read-model-form";

const form = (fields: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
};

test("an item moves one place, and stays at the ends", () => {
  expect(moveItem(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
  expect(moveItem(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
  expect(moveItem(["a", "b"], "a", -1)).toEqual(["a", "b"]);
  expect(moveItem(["a", "b"], "b", 1)).toEqual(["a", "b"]);
  expect(moveItem(["a", "b"], "x", 1)).toEqual(["a", "b"]);
});

test("what a model's form leaves empty is taken back to its default, and what it does not have is left alone", () => {
  const ollama = readModelForm(
    form([
      ["visibleTo", "admins"],
      ["hedge", "on"],
      ["keepAlive", ""],
      ["times", "8:00, 13:30"],
      ["day", "1"],
      ["day", "5"],
      ["inputUsdPerMTok", "0.5"],
    ]),
    { manages: { load: true, remove: true, streaming: false } },
  );
  expect(ollama).toMatchObject({
    visibleTo: "admins",
    hedge: true,
    cacheAlways: false,
    keepAlive: null,
    prewarm: { days: [1, 5], times: ["08:00", "13:30"] },
    inputUsdPerMTok: 0.5,
    outputUsdPerMTok: null,
  });
  const hosted = readModelForm(
    form([
      ["visibleTo", "everyone"],
      ["streaming", "as-asked"],
    ]),
    { manages: { load: false, remove: false, streaming: true } },
  );
  expect(Object.keys(ollama)).not.toContain("streaming");
  expect(hosted.streaming).toBe("as-asked");
  expect(Object.keys(hosted)).not.toContain("keepAlive");
  expect(Object.keys(hosted)).not.toContain("prewarm");
});

test("the time that is left is told in the unit that people would use", () => {
  const now = new Date(0);
  const after = (seconds: number) => timeLeft(new Date(seconds * 1000), now);
  expect([after(-5), after(1), after(45), after(300), after(7_200)]).toEqual([
    "0 more seconds",
    "1 more second",
    "45 more seconds",
    "5 more minutes",
    "2 more hours",
  ]);
});

test("a model that costs somebody money says so when its price is not known", () => {
  const settings = { inputUsdPerMTok: null, outputUsdPerMTok: null, usdPerHour: null };
  const row = (lacksPrice: boolean) => ({ model: { id: "vllm/a" }, settings, listPrice: null, lacksPrice }) as ModelRow;
  expect([priceText(row(true)), priceText(row(false))]).toEqual(["no price", null]);
});
