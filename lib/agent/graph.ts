import { END, START, StateGraph } from "@langchain/langgraph";
import { act } from "./nodes/act";
import { finish } from "./nodes/finish";
import { generate } from "./nodes/generate";
import { prepare } from "./nodes/prepare";
import { type AgentState, agentState } from "./state";

/**
 * The agent: prepare → generate ⇄ act → finish.
 *
 * Chunks go straight to the run's log through the graph's context, not through LangGraph's stream writer,
 * which doubles the cost of each. There is no checkpointer: the stored messages are the state.
 */
export const graph = new StateGraph(agentState)
  .addNode("prepare", prepare)
  .addNode("generate", generate)
  .addNode("act", act)
  .addNode("finish", finish)
  .addEdge(START, "prepare")
  .addEdge("prepare", "generate")
  .addConditionalEdges("generate", (state: AgentState) => (state.pending.length > 0 ? "act" : "finish"), ["act", "finish"])
  .addEdge("act", "generate")
  .addEdge("finish", END)
  .compile();
