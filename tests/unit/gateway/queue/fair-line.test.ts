import { describe, expect, test } from "vitest";
import { fairLine } from "@/lib/gateway/queue/fair-line";

type Item = { name: string; owner: string; isBackground: boolean };

const item = (name: string, owner: string, isBackground = false): Item => ({ name, owner, isBackground });

function lineOf(...items: Item[]) {
  const line = fairLine<Item>();
  for (const one of items) line.add(one);
  return line;
}

function namesTaken(line: ReturnType<typeof fairLine<Item>>): string[] {
  const names: string[] = [];
  for (let next = line.take(() => true); next; next = line.take(() => true)) names.push(next.name);
  return names;
}

test("one owner's hundred do not hold up another's one", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => item(`many-${index}`, "many"));
  const taken = namesTaken(lineOf(...hundred, item("single", "one")));
  expect(taken.indexOf("single")).toBe(1);
  expect(taken).toHaveLength(101);
});

test("owners take turns, and each owner's own keep their order", () => {
  const line = lineOf(item("a1", "a"), item("a2", "a"), item("b1", "b"), item("a3", "a"), item("c1", "c"), item("b2", "b"));
  expect(namesTaken(line)).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
});

test("background work waits for people, however long it has waited", () => {
  const line = lineOf(item("title", "a", true), item("chat1", "a"), item("chat2", "b"));
  expect(namesTaken(line)).toEqual(["chat1", "chat2", "title"]);
});

test("the order that is told is the order in which they are taken", () => {
  const items = Array.from({ length: 60 }, (_, index) => item(`i${index}`, `owner${(index * 7) % 5}`, index % 9 === 0));
  const told = [...lineOf(...items).inOrder()].map(({ name }) => name);
  expect(told).toEqual(namesTaken(lineOf(...items)));
});

test("whoever leaves is out, and the others keep their places", () => {
  const leaver = item("b1", "b");
  const line = lineOf(item("a1", "a"), leaver, item("a2", "a"));
  line.remove(leaver);
  line.remove(leaver);
  expect(line.size).toBe(2);
  expect(namesTaken(line)).toEqual(["a1", "a2"]);
  expect(line.size).toBe(0);
});

test("an item that does not fit is passed over and keeps its turn", () => {
  const line = lineOf(item("a1", "a"), item("b1", "b"), item("a2", "a"));
  expect(line.take(({ name }) => name !== "a1")?.name).toBe("a2");
  expect(line.take(() => true)?.name).toBe("b1");
  expect(line.take(() => true)?.name).toBe("a1");
});

describe("a newcomer to a full line", () => {
  test("displaces the newest of the owner who has the most", () => {
    const line = lineOf(item("a1", "a"), item("a2", "a"), item("b1", "b"), item("a3", "a"));
    expect(line.makeRoomFor(item("c1", "c"))?.name).toBe("a3");
    expect(line.size).toBe(3);
    expect(namesTaken(line)).toEqual(["a1", "b1", "a2"]);
  });

  test("displaces nobody who would be left with less than its owner then has", () => {
    const line = lineOf(item("a1", "a"), item("a2", "a"), item("b1", "b"));
    expect(line.makeRoomFor(item("a3", "a"))).toBeUndefined();
    expect(line.makeRoomFor(item("b2", "b"))).toBeUndefined();
    expect(lineOf(item("a1", "a"), item("b1", "b")).makeRoomFor(item("c1", "c"))).toBeUndefined();
    expect(line.size).toBe(3);
  });

  test("of people displaces background work first, whoever's it is, and never the other way round", () => {
    const line = lineOf(item("a1", "a"), item("a2", "a"), item("a3", "a"), item("title", "b", true), item("title2", "c", true));
    expect(line.makeRoomFor(item("vectors", "d", true))).toBeUndefined();
    expect(line.makeRoomFor(item("a4", "a"))?.name).toBe("title");
    expect(line.makeRoomFor(item("a5", "a"))?.name).toBe("title2");
    expect(line.makeRoomFor(item("a6", "a"))).toBeUndefined();
    expect(namesTaken(line)).toEqual(["a1", "a2", "a3"]);
  });

  test("finds nobody to displace in a line that has no places at all", () => {
    expect(lineOf().makeRoomFor(item("a1", "a"))).toBeUndefined();
  });
});
