import { expect, test } from "vitest";
import { readKeyForm } from "@/components/settings/read-key-form";

const now = new Date("2026-01-01T00:00:00Z");

function form(values: [name: string, value: string][]): FormData {
  const data = new FormData();
  for (const [name, value] of values) data.append(name, value);
  return data;
}

test("what was left empty is no limit, and all models are no list", () => {
  const asked = readKeyForm(
    form([
      ["name", " Backup "],
      ["scope", "chat"],
      ["scope", "models"],
      ["which-model", "all"],
      ["parallel", ""],
      ["lifetime", "never"],
    ]),
    now,
  );
  expect(asked).toEqual({ name: "Backup", scopes: ["chat", "models"] });
});

test("what was chosen is asked for", () => {
  const chosen = form([
    ["name", "Backup"],
    ["scope", "chat"],
    ["which-model", "some"],
    ["model", "ollama/a:1b"],
    ["which-upstream", "some"],
    ["upstream", "gpu-box"],
    ["lifetime", "7"],
    ["parallel", "2"],
    ["limitUsd", "1.5"],
    ["limitTokens", "9000"],
    ["period", "day"],
    ["cache", "similar"],
    ["similarity", "0.9"],
  ]);
  expect(readKeyForm(chosen, now)).toMatchObject({
    models: ["ollama/a:1b"],
    upstreams: ["gpu-box"],
    expiresAt: "2026-01-08T00:00:00.000Z",
    limits: { parallel: 2 },
    budget: { period: "day", limitUsd: 1.5, limitTokens: 9_000, hard: false },
    cache: "similar",
    similarity: 0.9,
  });
});

test("choosing some models and then none is not all of them", () => {
  expect(readKeyForm(form([["which-model", "some"]]), now).models).toEqual([]);
});
