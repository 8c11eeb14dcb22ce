import { expect, test } from "vitest";
import { turnQueue } from "@/lib/gateway/embedded/turn-queue";

test("callers are served one at a time in the order they came", async () => {
  const queue = turnQueue();
  const order: number[] = [];
  const serve = async (number: number) => {
    const leave = await queue.enter();
    order.push(number);
    await Promise.resolve();
    order.push(-number);
    leave();
  };
  await Promise.all([serve(1), serve(2), serve(3)]);
  expect(order).toEqual([1, -1, 2, -2, 3, -3]);
  expect(queue.isIdle).toBe(true);
});

test("those who wait hear how many are ahead, again whenever that changes", async () => {
  const queue = turnQueue();
  const heard: [string, number][] = [];
  const leave = await queue.enter();
  const second = queue.enter({ onPosition: (ahead) => heard.push(["second", ahead]) });
  void queue.enter({ onPosition: (ahead) => heard.push(["third", ahead]) });
  leave();
  (await second)();
  expect(heard).toEqual([
    ["second", 1],
    ["third", 2],
    ["third", 1],
  ]);
});

test("one that gives up is passed over and the rest move on", async () => {
  const queue = turnQueue();
  const leave = await queue.enter();
  const stop = new AbortController();
  const leaving = queue.enter({ signal: stop.signal });
  const positions: number[] = [];
  const last = queue.enter({ onPosition: (ahead) => positions.push(ahead) });
  stop.abort(new Error("gave up"));
  await expect(leaving).rejects.toThrow("gave up");
  expect(positions).toEqual([2, 1]);
  expect(queue.waiting).toBe(1);
  leave();
  (await last)();
  expect(queue.isIdle).toBe(true);
});

test("an abort after the turn came changes nothing in the queue", async () => {
  const queue = turnQueue();
  const stop = new AbortController();
  const leaveFirst = await queue.enter();
  const second = queue.enter({ signal: stop.signal });
  const third = queue.enter();
  leaveFirst();
  const leaveSecond = await second;
  stop.abort();
  expect(queue.waiting).toBe(1);
  leaveSecond();
  await expect(third).resolves.toBeTypeOf("function");
});
