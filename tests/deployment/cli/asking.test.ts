import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type SignedInCli, signedInCli } from "../../support/signed-in-cli";

let at: SignedInCli;
let ollama: SignedInCli["ollama"];
let admin: SignedInCli["admin"];
let cli: SignedInCli["cli"];
const question = () => at.lastAsked().messages.findLast(({ role }) => role === "user")?.content;

beforeAll(async () => {
  at = await signedInCli();
  ({ ollama, admin, cli } = at);
});
afterAll(() => at?.close());
afterEach(() => at.calmHost());

describe("ask", () => {
  test("writes the reply and nothing else, without colours where there is no terminal", async () => {
    expect(await cli.run(["ask", "Count", "for", "me"])).toEqual({ code: 0, out: "tok0 tok1 tok2 tok3 tok4 \n", err: "" });
    expect(question()).toBe("Count for me");
  });

  test("adds what is piped in to the question, without its colours, and files under their names", async () => {
    writeFileSync(path.join(cli.home, "notes.md"), "Use ```code```.\n");
    await cli.run(["ask", "-f", "notes.md", "review"], { input: "\u001b[31m-old\u001b[0m\n+new\n" });
    expect(question()).toBe("review\n\n```\n-old\n+new\n```\n\nnotes.md:\n````\nUse ```code```.\n````");
    await cli.run(["ask"], { input: "Only this\n" });
    expect(question()).toBe("Only this");
  });

  test("sends the options on", async () => {
    const options = ["-m", "ollama/llama3.2:3b", "-s", "Be short.", "-t", "0.5", "--top-p", "0.9", "--max-tokens", "50"];
    expect(await cli.run(["ask", ...options, "Hi"])).toMatchObject({ code: 0 });
    expect(at.lastAsked().messages[0]?.content).toContain("Be short.");
    expect(at.lastAsked().body.options).toMatchObject({ temperature: 0.5, top_p: 0.9, num_predict: 50 });
  });

  test("with --json tells reply, ids, model and usage on one line, and --continue goes on with that chat", async () => {
    const first = JSON.parse((await cli.run(["ask", "--json", "One"])).out);
    expect(first).toMatchObject({
      conversationId: expect.any(String),
      runId: expect.any(String),
      text: "tok0 tok1 tok2 tok3 tok4 ",
      status: "complete",
      model: "ollama/llama3.2:3b",
      usage: { outputTokens: 5 },
    });
    const next = JSON.parse((await cli.run(["ask", "--json", "--continue", "Two"])).out);
    expect(next.conversationId).toBe(first.conversationId);
    const other = JSON.parse((await cli.run(["ask", "--json", "--id", first.conversationId, "Three"])).out);
    expect(other.conversationId).toBe(first.conversationId);
    expect(await cli.run(["runs", "show", first.runId])).toMatchObject({ code: 0, out: expect.stringContaining("complete") });
    expect(await cli.run(["runs", "follow", first.runId])).toMatchObject({ code: 0, out: "tok0 tok1 tok2 tok3 tok4 \n" });
  });

  test("with --temporary leaves nothing behind", async () => {
    const { runId, conversationId } = JSON.parse((await cli.run(["ask", "--json", "--temporary", "Secret"])).out);
    expect(runId).toEqual(expect.any(String));
    expect((await admin.request(`/api/v1/conversations/${conversationId}`)).status).toBe(404);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s stops the run at the host, keeps what was written, and ends with %i", async (signal, code) => {
    const { child, ended, written } = await at.startLongReply(["ask", "--json", "Go on"]);
    child.kill(signal);
    expect(await ollama.closedByClient(5_000)).toBe(true);
    expect(await ended).toMatchObject({ code });
    const { runId, text, status } = JSON.parse(written.out);
    expect(status).toBe("stopped");
    expect(text).toMatch(/^tok0 tok1 /);
    expect(await admin.json(`/api/v1/runs/${runId}`)).toMatchObject({ status: "stopped" });
  });

  test("a reader that goes away stops the run too", async () => {
    const { child, ended } = await at.startLongReply(["ask", "Go on"]);
    child.stdout.destroy();
    expect(await ollama.closedByClient(5_000)).toBe(true);
    expect((await ended).code).toBe(141);
  });

  test("the words of a failed model reach the person, and it ends with 7", async () => {
    await ollama.behave({ misbehave: "context-too-long" });
    const { code, out, err } = await cli.run(["ask", "Hi"]);
    const asJson = await cli.run(["ask", "--json", "Hi"]);
    expect([code, out]).toEqual([7, ""]);
    expect(err).toMatch(/ollama/);
    expect(JSON.parse(asJson.err)).toMatchObject({ error: { code: "model_unavailable", exitCode: 7 } });
  });
});

describe("chat", () => {
  test("takes its lines from a script, and each reply knows what was said before", async () => {
    const { code, out } = await cli.run(["chat"], { input: "My name is Ann\n\nWhat is my name?\n/exit\nnever sent\n" });
    expect(code).toBe(0);
    expect(out).toBe("tok0 tok1 tok2 tok3 tok4 \ntok0 tok1 tok2 tok3 tok4 \n");
    const said = at.lastAsked().messages.filter(({ role }) => role !== "system");
    expect(said.map(({ content }) => content)).toEqual(["My name is Ann", "tok0 tok1 tok2 tok3 tok4 ", "What is my name?"]);
  });

  test("goes on with a chat by its id, and /new begins another", async () => {
    const { conversationId } = JSON.parse((await cli.run(["ask", "--json", "One"])).out);
    const { out } = await cli.run(["chat", "--json", "--id", conversationId], { input: "Two\n/new\nThree\n" });
    const [second, third] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(second.conversationId).toBe(conversationId);
    expect(third.conversationId).not.toBe(conversationId);
  });
});
