import { expect, test } from "vitest";
import { readEvents } from "../../../cli/api/read-events";

/** An answer whose body is these pieces, and then ends, breaks off or stays open. */
function anAnswer(pieces: string[], then: "end" | "break" | "stay") {
  const seen = { isCancelled: false };
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
      else if (then === "end") controller.close();
      else if (then === "break") controller.error(new Error("reset"));
    },
    cancel() {
      seen.isCancelled = true;
    },
  });
  return { stream: readEvents(new Response(body)), seen };
}

async function idsOf(stream: ReturnType<typeof readEvents>) {
  const ids: (string | undefined)[] = [];
  for await (const { id } of stream) ids.push(id);
  return ids;
}

test("events end at [DONE], and the rest of the answer is let go of", async () => {
  const { stream, seen } = anAnswer(["id: 0\ndata: a\n", "\nid: 1\ndata: b\n\ndata: [DONE]\n\n"], "stay");
  expect(await idsOf(stream)).toEqual(["0", "1"]);
  expect(stream.isDone).toBe(true);
  await expect.poll(() => seen.isCancelled).toBe(true);
});

test.each(["end", "break"] as const)("an answer without [DONE] is not done (%s)", async (then) => {
  const { stream } = anAnswer(["id: 0\ndata: a\n\n"], then);
  expect(await idsOf(stream)).toEqual(then === "end" ? ["0"] : expect.any(Array));
  expect(stream.isDone).toBe(false);
});

test("who leaves the loop lets go of the answer", async () => {
  const { stream, seen } = anAnswer(["id: 0\ndata: a\n\n"], "stay");
  for await (const _ of stream) break;
  await expect.poll(() => seen.isCancelled).toBe(true);
});
