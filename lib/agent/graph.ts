import { END, START, StateGraph } from "@langchain/langgraph";
import { act } from "./nodes/act";
import { finish } from "./nodes/finish";
import { generate, maxToolSteps, wantsMore } from "./nodes/generate";
import { prepare } from "./nodes/prepare";
import { type AgentState, agentState } from "./state";
import { traced } from "./traced";
import { leaveOutLangSmith } from "./without-langsmith";

leaveOutLangSmith();

/**
 * The agent: prepare → generate ⇄ act → finish.
 *
 * Chunks go straight to the run's log through the graph's context, not through LangGraph's stream writer,
 * which doubles the cost of each. There is no checkpointer: the stored messages are the state.
 */
export const graph = new StateGraph(agentState)
  .addNode("prepare", traced("prepare", prepare))
  .addNode("generate", traced("generate", generate))
  .addNode("act", traced("act", act))
  .addNode("finish", traced("finish", finish))
  .addEdge(START, "prepare")
  .addEdge("prepare", "generate")
  .addConditionalEdges("generate", afterStep, ["act", "generate", "finish"])
  .addEdge("act", "generate")
  .addEdge("finish", END)
  .compile();

/** Tool calls are run; calls that were wrong in form already have their error as an answer, which the model reads next. */
function afterStep(state: AgentState): "act" | "generate" | "finish" {
  if (!wantsMore(state) || state.steps > maxToolSteps) return "finish";
  return state.pending.length > 0 ? "act" : "generate";
}
