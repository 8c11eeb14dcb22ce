import { expect, test } from "vitest";
import { embeddedSource } from "@/components/settings/embedded-source";

type Source = "environment" | "saved" | "data-folder" | "catalogue";

const running = (source: Source) => {
  const model = { name: "smollm2", label: "SmolLM2", sizeBytes: 1, contextLength: 1, source };
  return embeddedSource({ model, status: "ready", changeable: source !== "environment" });
};

test("the embedded model says whether it is set, saved or the default", () => {
  expect((["environment", "saved", "data-folder", "catalogue"] as const).map(running)).toEqual([
    "Environment",
    "Saved",
    "Default: found in the data folder",
    "Default",
  ]);
});

test("so does its being off; a model that has not come yet has no source", () => {
  expect(embeddedSource({ model: null, status: "off", changeable: true })).toBe("Saved");
  expect(embeddedSource({ model: null, status: "off", changeable: false })).toBe("Environment");
  expect(embeddedSource({ model: null, status: "downloading", changeable: true })).toBeNull();
});
