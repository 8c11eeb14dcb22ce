import * as accounts from "@/lib/auth/contract";
import * as keys from "@/lib/auth/keys/contract";
import * as chat from "@/lib/chat/contract";
import * as chatPage from "@/lib/chat/page-contract";
import * as cache from "@/lib/gateway/cache/contract";
import * as models from "@/lib/gateway/contract";
import * as embedded from "@/lib/gateway/embedded/contract";
import * as hosts from "@/lib/gateway/hosts/contract";
import * as limits from "@/lib/gateway/limits/contract";
import * as modelSettings from "@/lib/gateway/models/contract";
import * as ollama from "@/lib/gateway/ollama/contract";
import * as openai from "@/lib/gateway/openai/contract";
import * as usage from "@/lib/gateway/usage/contract";
import type { Contract } from "@/lib/http/contract";
import { describeApi, openApi } from "@/lib/http/openapi";
import * as alerts from "@/lib/monitoring/alerts/contract";
import * as audit from "@/lib/monitoring/audit/contract";
import * as live from "@/lib/monitoring/live/contract";
import * as logs from "@/lib/monitoring/logs/contract";
import * as metrics from "@/lib/monitoring/metrics/contract";
import * as traces from "@/lib/monitoring/spans/contract";

/** Every operation of Hearth by its name: all contracts that the domains export, so that none can be forgotten. */
export const contracts: Record<string, Contract> = {
  ...contractsOf(accounts),
  ...contractsOf(keys),
  ...contractsOf(chat),
  ...contractsOf(chatPage),
  ...contractsOf(models),
  ...contractsOf(embedded),
  ...contractsOf(cache),
  ...contractsOf(hosts),
  ...contractsOf(modelSettings),
  ...contractsOf(ollama),
  ...contractsOf(limits),
  ...contractsOf(usage),
  ...contractsOf(openai),
  ...contractsOf(live),
  ...contractsOf(logs),
  ...contractsOf(metrics),
  ...contractsOf(traces),
  ...contractsOf(audit),
  ...contractsOf(alerts),
  openApi,
};

/** The whole API, described from its contracts. */
export const apiDescription = describeApi(contracts);

function contractsOf(domain: object): Record<string, Contract> {
  return Object.fromEntries(Object.entries(domain).filter((entry): entry is [string, Contract] => isContract(entry[1])));
}

function isContract(value: unknown): value is Contract {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "access" in value;
}
