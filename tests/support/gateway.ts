import type { LanguageModelV4CallOptions, LanguageModelV4Prompt, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { resetEnv } from "@/lib/core/env";
import { ModelError } from "@/lib/core/errors";
import { clearProcessGlobal } from "@/lib/core/process-global";
import type { CallContext, CallRecord } from "@/lib/gateway/call-record";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { languageModel } from "@/lib/gateway/language-model";
import { startGateway } from "@/lib/gateway/start-gateway";
import { stopGateway } from "@/lib/gateway/stop-gateway";
import { freshDatabase } from "./database";

const variables = [
  "OLLAMA_BASE_URL",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_BASE_URL",
  "GOOGLE_GENERATIVE_AI_API_KEY",
  "GOOGLE_GENERATIVE_AI_BASE_URL",
];
const timeouts = [
  "HEARTH_CONNECT_TIMEOUT_MS",
  "HEARTH_FIRST_TOKEN_TIMEOUT_MS",
  "HEARTH_COLD_LOAD_TIMEOUT_MS",
  "HEARTH_IDLE_TIMEOUT_MS",
  "HEARTH_REPLY_TIMEOUT_MS",
];

/** Sets exactly these variables of model hosts and time limits; nothing is left of a test before. No embedded model unless told. */
export function setHosts(environment: Record<string, string>): void {
  for (const name of [...variables, ...timeouts, "HEARTH_OLLAMA_CONTEXT_TOKENS"]) delete process.env[name];
  Object.assign(process.env, { HEARTH_LOCAL_MODEL: "off", LOG_LEVEL: "silent", ...environment });
  resetEnv();
  forgetGateway();
}

/** Takes from the gateway what it remembers of hosts, models and answers: a test starts without. */
export function forgetGateway(): void {
  for (const name of gatewayMemory) clearProcessGlobal(name);
}

const gatewayMemory = [
  "gateway",
  "gateway-lanes",
  "gateway-host-loads",
  "gateway-retry-budget",
  "gateway-conversation-hosts",
  "gateway-refused-streams",
  "cache-memory",
  "cache-questions",
  "cache-counts",
  "cache-writes",
];

/** Waits for the hosts' checks under way: boot waits half a second, a busy machine may need more, and most tests are about what comes after. */
const hostChecks = () => Promise.all([...gatewayState().hosts.values()].map(({ checking }) => checking));

type BootOptions = { mayBeLate?: boolean; kind?: "embedded" | "server" };

/** The gateway on a fresh database with the given hosts only, which have answered by then unless `mayBeLate`. */
export async function bootGateway(environment: Record<string, string>, { mayBeLate = false, kind = "embedded" }: BootOptions = {}) {
  setHosts(environment);
  const database = await freshDatabase(kind);
  await startGateway();
  if (!mayBeLate) await hostChecks();
  return {
    database,
    async close() {
      await stopGateway();
      await database.close();
    },
  };
}

export type Answer = {
  text: string;
  reasoning: string;
  parts: LanguageModelV4StreamPart[];
  failure?: ModelError;
  record?: CallRecord;
  tookMs: number;
};

type AskOptions = Partial<Omit<LanguageModelV4CallOptions, "prompt">> & {
  prompt?: string | LanguageModelV4Prompt;
  context?: Partial<CallContext>;
  onPart?: (part: LanguageModelV4StreamPart) => void;
};

/** Asks a model through the gateway and collects what came, the failure included. */
export async function ask(modelId: string, { prompt = "Count.", context, onPart, ...options }: AskOptions = {}): Promise<Answer> {
  const startedAt = performance.now();
  const answer: Answer = { text: "", reasoning: "", parts: [], failure: undefined, tookMs: 0 };
  const model = languageModel(modelId, {
    userId: null,
    purpose: "chat",
    onCall: (record) => Object.assign(answer, { record }),
    ...context,
  });
  try {
    const asked: LanguageModelV4Prompt =
      typeof prompt === "string" ? [{ role: "user", content: [{ type: "text", text: prompt }] }] : prompt;
    const { stream } = await model.doStream({ prompt: asked, ...options });
    for await (const part of stream) {
      answer.parts.push(part);
      onPart?.(part);
      if (part.type === "text-delta") answer.text += part.delta;
      if (part.type === "reasoning-delta") answer.reasoning += part.delta;
      if (part.type === "error") throw part.error;
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    answer.failure = error;
  }
  answer.tookMs = performance.now() - startedAt;
  return answer;
}
