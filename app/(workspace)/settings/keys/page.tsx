import type { Metadata } from "next";
import { AllKeys } from "@/components/settings/all-keys";
import { KeyList } from "@/components/settings/key-list";
import { listKeys } from "@/lib/auth/keys/list-keys";
import { pageCaller } from "@/lib/auth/page-caller";
import { hostChoices } from "@/lib/gateway/hosts/host-choices";
import { listModels } from "@/lib/gateway/list-models";
import { modelsFor } from "@/lib/gateway/policy/models-for";
import { changeKey, endKey, makeKey, shareCache } from "./actions";

export const metadata: Metadata = { title: "Keys" };

/** More than anybody has: a hundred keys work at a time, and those that ended stay listed. */
const allOfOne = 1_000;
const pageSize = 50;

/** The reader's API keys and, for admins, everybody's, page by page. */
export default async function KeysPage({ searchParams }: { searchParams: Promise<{ cursor?: string | string[] }> }) {
  const caller = await pageCaller();
  const { cursor } = await searchParams;
  const isAdmin = caller.role === "admin";
  const [own, models] = await Promise.all([listKeys(caller, { all: false, limit: allOfOne }), listModels()]);
  const usable = await modelsFor(models, caller);
  const hosts = await hostChoices(caller, usable);
  const everybodys = isAdmin ? await listKeys(caller, { all: true, limit: pageSize, cursor: [cursor].flat()[0] }) : null;
  const olderHref = everybodys?.nextCursor ? `/settings/keys?cursor=${everybodys.nextCursor}` : null;
  const now = new Date();
  return (
    <>
      <KeyList
        keys={own.items}
        usable={{ models: usable.map(({ id }) => id), hosts }}
        isAdmin={isAdmin}
        now={now}
        actions={{ makeKey, changeKey, endKey }}
      />
      {everybodys && <AllKeys keys={everybodys.items} olderHref={olderHref} now={now} actions={{ changeKey, endKey, shareCache }} />}
    </>
  );
}
