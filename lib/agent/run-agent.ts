import { setTimeout as sleep } from "node:timers/promises";
import { sumUsage } from "./nodes/finish";
import type { AgentContext, AgentResult, AgentRun } from "./run-input";

/** Two nodes a tool round and the last answer, with room to spare: the bound of last resort. */
const recursionLimit = 30;

/** Loaded on first use: LangGraph is a third of the time that starting would take. */
let loading: Promise<typeof import("./graph")> | undefined;

/** Longest wait for the record of a call that was broken off. */
const lastRecordMs = 200;

/** A run that broke off, with what is known of it. `cause` is the failure. */
export class AgentInterruption extends Error {
  readonly result: Partial<AgentResult>;
  constructor(cause: unknown, result: Partial<AgentResult>) {
    super("The agent did not reach its end.", { cause });
    this.result = result;
  }
}

/**
 * Runs the agent to its end, emitting the reply's chunks on the way.
 * @throws AgentInterruption when a model call failed or the run was aborted
 */
export async function runAgent(run: AgentRun): Promise<AgentResult> {
  const { signal, ...given } = run;
  const context: AgentContext = { ...given, calls: [], begun: [], decided: {}, startedAt: performance.now() };
  loading ??= import("./graph");
  const { graph } = await loading;
  try {
    const state = await graph.invoke({}, { context, signal, recursionLimit });
    // Another model may have answered than was asked.
    const model = context.calls.at(-1)?.model ?? state.model;
    return { model, usage: state.usage, route: context.decided.route, truncated: state.ending === "length", isAsking: state.isAsking };
  } catch (cause) {
    if (signal.aborted) await lastRecords(context);
    const { calls, decided } = context;
    const { route } = decided;
    const model = calls.at(-1)?.model ?? route?.model ?? run.options.model;
    throw new AgentInterruption(cause, { model, route, usage: calls.length > 0 ? sumUsage(context) : undefined });
  }
}

/** A stop ends the graph before the model call that it breaks off, of which a moment later is known what it took. */
async function lastRecords({ begun }: AgentContext): Promise<void> {
  await Promise.race([Promise.allSettled(begun), sleep(lastRecordMs, undefined, { ref: false })]);
}
