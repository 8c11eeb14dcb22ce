import { afterEach, expect, test, vi } from "vitest";
import { printBanner } from "@/banner";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";

afterEach(() => {
  vi.restoreAllMocks();
  clearProcessGlobal("listening");
});

/** Everything the banner writes, as lines without their indentation. */
async function bannerOf(given: Parameters<typeof printBanner>[0]): Promise<string[]> {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  await printBanner(given);
  write.mockRestore();
  return text.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, " | "));
}

test("the start shows the address, the database, every host with its state, and the models", async () => {
  const good = await fakeOllama({ models: [{ name: "one:1b", loaded: true }, { name: "two:2b" }] });
  const slow = await fakeOllama({ misbehave: "hang-always" });
  const gone = await fakeOllama({ misbehave: "refuse" });
  const gateway = await bootGateway({ OLLAMA_BASE_URL: [good, slow, gone].map(({ url }) => url).join(",") }, { mayBeLate: true });
  processGlobal("listening", () => ({ host: "127.0.0.1", port: 3123 }));
  try {
    const lines = await bannerOf(gateway.database);
    expect(lines).toContain("Open | http://127.0.0.1:3123");
    expect(lines).toContain(`Database | embedded, in ${gateway.database.label}`);
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^Models \\| .*${good.url}: 2 models$`)));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^Models \\| .*${slow.url}: has not answered yet$`)));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^Models \\| .*${gone.port}.*`)));
    expect(lines.filter((line) => line.includes("no model yet"))).toEqual([]);
    expect(lines).toContain("ollama/one:1b, ollama/two:2b");
  } finally {
    // First the hosts: a check that one of them never answers would hold the gateway's end up.
    for (const fake of [good, slow]) await fake.close();
    await gateway.close();
  }
});
