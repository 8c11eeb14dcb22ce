import { type AgentConfig, type AgentUpdate, contextOf } from "./state";

/** Records a node's work as a step of the run; within it the context's span is the step. */
export function traced<State>(name: string, node: (state: State, config: AgentConfig) => Promise<AgentUpdate> | AgentUpdate) {
  return async (state: State, config: AgentConfig): Promise<AgentUpdate> => {
    const { signal, ...context } = contextOf(config);
    const span = context.span.child({ kind: "step", name });
    try {
      const update = await node(state, { ...config, context: { ...context, span } });
      span.end();
      return update;
    } catch (error) {
      span.end(signal.aborted ? { status: "stopped" } : { error });
      throw error;
    }
  };
}
