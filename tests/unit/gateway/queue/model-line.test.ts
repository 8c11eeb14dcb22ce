import { expect, test } from "vitest";
import { modelLineOf, tellPositions, type Waiting } from "@/lib/gateway/queue/model-line";

test("a place in line counts everyone who comes before, also those who do not ask for theirs", async () => {
  const line = modelLineOf("ollama/positions");
  const positions: number[] = [];
  const waiting = (owner: string, onPosition?: Waiting["onPosition"]): Waiting => ({
    owner,
    isBackground: false,
    lanes: [],
    admit: () => {},
    refuse: () => {},
    displace: () => {},
    onPosition,
  });
  line.waiting.add(waiting("silent"));
  line.waiting.add(waiting("curious", (position) => positions.push(position)));
  tellPositions(line);
  await new Promise(setImmediate);
  expect(positions).toEqual([2]);
});
