import { checkAfresh, checkHost } from "./check-host";
import { checkedBaseUrl } from "./checked-base-url";
import type { Host } from "./gateway-state";
import { getHost } from "./hosts/get-host";
import type { TestUpstreamInput, UpstreamTest } from "./upstream-contract";

/** Asks a host for its models now and tells what came of it. Of a stored host the health is updated too. For admins. @throws NotFoundError */
export async function testUpstream(input: TestUpstreamInput): Promise<UpstreamTest> {
  const startedAt = performance.now();
  const result = "id" in input ? await testKnown(input.id) : await testNew(input);
  return { ...result, durationMs: Math.round(performance.now() - startedAt) };
}

async function testKnown(id: string): Promise<Omit<UpstreamTest, "durationMs">> {
  const host = await getHost(id);
  if (host.upstream.kind !== "embedded") await checkAfresh(host);
  return toResult(host);
}

async function testNew({ kind, baseUrl, apiKey }: Exclude<TestUpstreamInput, { id: string }>): Promise<Omit<UpstreamTest, "durationMs">> {
  const upstream = { id: "new", name: kind, kind, baseUrl: checkedBaseUrl(kind, baseUrl), apiKey, source: "saved" as const, enabled: true };
  const host: Host = { upstream, state: "unknown", since: null, models: [], checkedAt: 0, nextCheckAt: 0 };
  await checkHost(host);
  return toResult(host);
}

function toResult({ state, models, error }: Host): Omit<UpstreamTest, "durationMs"> {
  return { ok: state === "up", modelCount: models.length, models: models.map(({ name }) => name), error };
}
