import { insertUpstreamRow } from "@/db/queries/upstreams";
import { encryptSecret } from "@/lib/auth/secret";
import { ConflictError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { audited } from "@/lib/monitoring/audit/record-event";
import { announceUpstream } from "./announce-upstream";
import { checkedBaseUrl } from "./checked-base-url";
import type { AddUpstreamInput } from "./upstream-contract";

/** Stores a model host, its key encrypted, and begins to use it. For admins. @throws ConflictError when the name is taken */
export async function addUpstream({ name, kind, baseUrl, apiKey }: AddUpstreamInput): Promise<{ id: string }> {
  const row = {
    id: newId(),
    name,
    kind,
    baseUrl: checkedBaseUrl(kind, baseUrl),
    encryptedApiKey: apiKey ? await encryptSecret(apiKey) : null,
  };
  const stored = await audited(
    async (tx) => {
      const inserted = await insertUpstreamRow(tx, row);
      if (!inserted) throw new ConflictError(`There is a model host named ${name} already. Choose another name.`);
      return inserted;
    },
    ({ id, baseUrl: address, encryptedApiKey }) => ({
      action: "host.added",
      target: { kind: "host", id, name },
      after: { name, kind, baseUrl: address, hasKey: encryptedApiKey !== null },
    }),
  );
  await announceUpstream();
  return { id: stored.id };
}
