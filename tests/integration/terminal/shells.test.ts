import { expect, test } from "vitest";
import { terminalsForTest } from "@/tests/support/terminals";

const terminals = terminalsForTest();

test("what is typed reaches a real shell, and what it writes comes back as bytes", async () => {
  const viewer = terminals.view(await terminals.begin());
  viewer.type("printf 'a\\303\\244\\360\\237\\230\\200b\\n'; tty; pwd\r");
  await viewer.shows("aä😀b");
  await viewer.shows(/^\/dev\/pts\/\d+$/);
  await viewer.shows("/tmp");
});

test("a viewer that comes later gets the screen with 10,000 lines above it, and goes on from there", async () => {
  const id = await terminals.begin();
  const first = terminals.view(id);
  first.type("i=0; while [ $i -lt 12000 ]; do i=$((i+1)); echo line $i; done; echo the-end\r");
  await first.shows("the-end", 30_000);
  first.close();
  const second = terminals.view(id);
  await second.shows("the-end");
  await second.shows("line 12000");
  await second.shows("line 2100");
  expect(second.text()).not.toContain("line 1900\n");
  second.type("echo still-$((40+2))\r");
  await second.shows("still-42");
});

test("a full-screen program is drawn again as it was: alternate screen, cursor, modes, scroll region", async () => {
  const id = await terminals.begin();
  const first = terminals.view(id);
  first.type("echo below; printf '\\033[?1049h\\033[2J\\033[3;10Hhello\\033[2;20r\\033[?25l\\033[?1002h\\033[?1006h\\033[7;5H'; read x\r");
  await first.shows(/^ {9}hello$/);
  first.close();
  const second = terminals.view(id);
  await second.shows(/^ {9}hello$/);
  const { buffer, modes } = second.terminal;
  expect(buffer.active.type).toBe("alternate");
  expect(second.text()).not.toContain("below");
  expect([buffer.active.cursorY, buffer.active.cursorX]).toEqual([6, 4]);
  expect(modes.mouseTrackingMode).toBe("drag");
  // A hidden cursor, how the mouse is told and the lines that scroll cannot be read off a terminal that drew them.
  for (const mode of ["\x1b[?25l", "\x1b[?1006h", "\x1b[2;20r"]) expect(second.firstOutput()).toContain(mode);
  second.type("\r");
  second.type("printf '\\033[r\\033[?1049l'; echo after\r");
  await second.shows("after");
  await second.shows("below");
});

test("a resize reaches the shell, and the others who look on", async () => {
  const id = await terminals.begin();
  const [one, other] = [terminals.view(id), terminals.view(id)];
  await other.notice("screen");
  one.resize({ cols: 101, rows: 31 });
  one.type("stty size\r");
  await one.shows("31 101");
  expect(await other.notice("size")).toMatchObject({ cols: 101, rows: 31 });
  await other.shows("31 101");
});

test("two viewers see the same, and both may type", async () => {
  const id = await terminals.begin();
  const [one, other] = [terminals.view(id), terminals.view(id)];
  one.type("echo from-o''ne\r");
  await other.shows("from-one");
  other.type("echo from-oth''er\r");
  await one.shows("from-other");
});

test("a program that asks where the cursor is gets one answer, however many look on", async () => {
  const id = await terminals.begin();
  const [one] = [terminals.view(id), terminals.view(id)];
  one.type("stty -icanon -echo; printf '\\033[6n'; sleep 0.5; n=$(dd bs=64 count=1 2>/dev/null | wc -c); stty sane; echo answer $n\r");
  await one.shows(/^.*answer [678]$/);
});
