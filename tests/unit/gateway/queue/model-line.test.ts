import { expect, test } from "vitest";
import { enterLane, laneOf } from "@/lib/gateway/queue/lane";
import { allLines, modelLineOf, tellPositions, type Waiting } from "@/lib/gateway/queue/model-line";
import type { Upstream } from "@/lib/gateway/upstream";

const waiting = (owner: string, onPosition?: Waiting["onPosition"]): Waiting => ({
  owner,
  isBackground: false,
  lanes: [],
  lookAgain: () => [],
  admit: () => {},
  refuse: () => {},
  displace: () => {},
  onPosition,
});

test("a place in line counts everyone who comes before, also those who do not ask for theirs", async () => {
  const line = modelLineOf("ollama/positions");
  const positions: number[] = [];
  line.waiting.add(waiting("silent"));
  line.waiting.add(waiting("curious", (position) => positions.push(position)));
  tellPositions(line);
  await new Promise(setImmediate);
  expect(positions).toEqual([2]);
});

test("names that callers make up take the line of no model that is in use, and of those that are not the newest are kept", () => {
  const busy = modelLineOf("ollama/busy");
  busy.waiting.add(waiting("somebody"));
  const running = modelLineOf("ollama/running:1b");
  const upstream: Upstream = { id: "host", name: "ollama", kind: "ollama", baseUrl: "http://a", source: "saved", enabled: true };
  const lane = laneOf(upstream, "running:1b");
  const place = enterLane(lane);
  const idle = modelLineOf("ollama/idle");
  for (let name = 0; name < 2_100; name++) modelLineOf(`ollama/made-up-${name}`);
  expect(allLines().length).toBeLessThanOrEqual(2_000);
  expect(modelLineOf("ollama/busy")).toBe(busy);
  expect(modelLineOf("ollama/running:1b")).toBe(running);
  expect(laneOf(upstream, "running:1b")).toBe(lane);
  expect(modelLineOf("ollama/idle")).not.toBe(idle);
  place.leave();
});
