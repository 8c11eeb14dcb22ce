import { expect, test } from "vitest";
import { calculate } from "@/lib/agent/tools/calculator";
import { callTool } from "@/lib/agent/tools/call-tool";
import { describeMoment } from "@/lib/agent/tools/current-time";
import { cutMiddle } from "@/lib/agent/tools/cut-middle";
import { findTool, selectTools, toolNames } from "@/lib/agent/tools/registry";
import { runCommand } from "@/lib/agent/tools/run-command";
import { analyseText } from "@/lib/agent/tools/text-analysis";

const context = { userId: "u", signal: new AbortController().signal };

test.each([
  ["0.1 + 0.2", "0.3"],
  ["(1200 * 1.19) / 3", "476"],
  ["sqrt(2)", "1.4142135623731"],
  ["2^100", "1.26765060022823e+30"],
  ["5 mile to km", "8.04672 km"],
  ["sin(90 deg)", "1"],
  ["mean(1, 2, 6)", "3"],
  ["3 > 2 ? 10 : 20", "10"],
])("%s is %s", async (expression, result) => {
  expect(await calculate(expression)).toBe(result);
});

test.each(["a = 3", "1:1e9", "zeros(1e5, 1e5)", "import({}, {})", "f(x) = x", "[1, 2]", 'evaluate("1")', "cos.constructor"])(
  "%s is refused: only arithmetic is let through",
  async (expression) => {
    await expect(calculate(expression)).rejects.toThrow(/Only arithmetic|not available|neither a number/);
  },
);

test("a calculation that takes too long is ended and told to the model as an error", async () => {
  const outcome = await callTool("calculator", { expression: "factorial(300000000)" }, context);
  expect(outcome).toMatchObject({ ok: false });
}, 15_000);

test("a made-up tool, a wrong input and a failing tool are errors the model can read, never throws", async () => {
  expect(await callTool("rm_rf", {}, context)).toEqual({ ok: false, error: "There is no tool called rm_rf." });
  expect(await callTool("calculator", { expr: 1 }, context)).toMatchObject({ ok: false, error: expect.stringContaining("expression") });
  expect(await callTool("current_time", { timeZone: "Mars/Olympus" }, context)).toMatchObject({
    ok: false,
    error: expect.stringContaining("IANA"),
  });
});

test("a moment is told in the zone asked for, across the date line and daylight saving", () => {
  const moment = new Date("2026-07-01T23:30:00Z");
  expect(describeMoment(moment, "Asia/Tokyo")).toMatchObject({
    date: "2026-07-02",
    time: "08:30:00",
    utcOffset: "+09:00",
    weekday: "Thursday",
    isoWeek: 27,
  });
  expect(describeMoment(moment, "Europe/Berlin")).toMatchObject({ utcOffset: "+02:00" });
  expect(describeMoment(new Date("2027-01-01T12:00:00Z"), "UTC")).toMatchObject({ isoWeek: 53, utcOffset: "+00:00" });
});

test("text is counted by what a reader sees", () => {
  const found = analyseText("The cat sat. It purred! 👩‍👩‍👧\n\nA second paragraph, then.");
  expect(found).toMatchObject({ words: 9, sentences: 4, paragraphs: 2, lines: 3 });
  expect(analyseText("👩‍👩‍👧").characters).toBe(1);
  expect(analyseText("").readability).toBeNull();
});

test("plain text reads easier than bureaucratic text", () => {
  const easy = analyseText("The dog ran home. He ate his food. Then he slept.").readability;
  const hard = analyseText(
    "Notwithstanding considerable organisational heterogeneity, institutional accountability necessitates comprehensive documentation.",
  ).readability;
  expect(easy?.fleschReadingEase).toBeGreaterThan(90);
  expect(hard?.fleschReadingEase).toBeLessThan(10);
});

test("a chat gets all tools, the named ones, or none", () => {
  expect(selectTools("auto").map(({ name }) => name)).toEqual(toolNames());
  expect(selectTools(["calculator", "nonsense"]).map(({ name }) => name)).toEqual(["calculator"]);
  expect(selectTools("none")).toEqual([]);
});

test("of a long text the beginning and the end are kept, with how much is missing between them", () => {
  const kept = { headChars: 3, tailChars: 4 };
  expect(cutMiddle("abcdefg", kept)).toBe("abcdefg");
  expect(cutMiddle("abcdefgh", kept)).toBe("abc\n… (1 characters left out) …\nefgh");
  expect(cutMiddle("abcdefgh", { ...kept, alreadyCut: 2_000 })).toBe("abc\n… (2,001 characters left out) …\nefgh");
  expect(cutMiddle("abcd", { ...kept, alreadyCut: 5 })).toBe("abc\n… (5 characters left out) …\nd");
});

test("every tool that asks says where its calls are carried out, and takes what it was shown with as it is", () => {
  const asking = toolNames()
    .flatMap((name) => findTool(name) ?? [])
    .filter(({ risk }) => risk !== "read");
  expect(asking.map(({ name }) => name)).toContain("run_command");
  for (const tool of asking) expect(tool.describeEffect?.()).toEqual(expect.any(String));
  expect(runCommand.input.parse({ command: "  echo  a " })).toEqual({ command: "  echo  a " });
  for (const command of ["", " ", "a\nb", "a\u0003", "echo \u202emr", "a\u200bb", "x".repeat(5_000), "!rm"])
    expect(runCommand.input.safeParse({ command }).success).toBe(false);
});
