import { describe, expect, test } from "vitest";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { ask } from "@/tests/support/gateway";
import { sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
const hosts = withTwoHosts();

describe("hedging", () => {
  const learn = async () => {
    for (let call = 0; call < 24; call++) await ask(id);
  };

  test("asks a second host when the first is late; the first content wins and the loser's connection is closed", async () => {
    await hosts.setModel(id, { hedge: true });
    await learn();
    const context = { conversationId: "hedged" };
    const { record } = await ask(id, { context });
    const [slow, other] = record?.upstream === "ollama" ? [hosts.first, "ollama-2"] : [hosts.second, "ollama"];
    await slow.behave({ firstTokenMs: 5_000 });
    expect(await ask(id, { context })).toMatchObject({
      failure: undefined,
      record: { upstream: other, attempts: 2, choice: expect.stringMatching(/^asked second: loaded/) },
    });
    await expect(slow.closedByClient()).resolves.toBe(true);
    await expect.poll(() => queueStates()[0]?.running).toBe(0);
  });

  test("is for models that are set so", async () => {
    await learn();
    await hosts.first.behave({ firstTokenMs: 200 });
    await hosts.second.behave({ firstTokenMs: 200 });
    expect(await ask(id)).toMatchObject({ record: { attempts: 1 } });
  });
});
