import { expect, test } from "vitest";
import { readRoutingForm, routingDefaults, type SourcedRouting, savedRouting } from "@/components/settings/routing-changes";

const routing = (source: SourcedRouting["preference"]["source"]): SourcedRouting => ({
  preference: { value: "fast", source },
  rules: { value: [{ kind: "code", model: "ollama/coder:7b" }], source: "saved" },
});

test("a preference that was saved below the environment's is kept, whether rules are saved or the defaults taken", () => {
  expect(routingDefaults(routing("environment"))).toEqual({ routeRules: null });
  expect(readRoutingForm(new FormData(), routing("environment"))).not.toHaveProperty("routePreference");
  expect(routingDefaults(routing("saved"))).toEqual({ routePreference: null, routeRules: null });
});

test("what the defaults would delete is named: nothing that the environment sets or that is a default already", () => {
  expect(savedRouting(routing("saved"))).toEqual(["Preference: Fast: the first word comes soonest", "Code: ollama/coder:7b"]);
  expect(savedRouting(routing("environment"))).toEqual(["Code: ollama/coder:7b"]);
  expect(savedRouting({ preference: { value: "balanced", source: "default" }, rules: { value: [], source: "default" } })).toEqual([]);
});
