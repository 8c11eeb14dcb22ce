import { END, START, StateGraph } from "@langchain/langgraph";
import { act } from "./nodes/act";
import { finish } from "./nodes/finish";
import { generate, maxToolSteps, wantsMore } from "./nodes/generate";
import { prepare } from "./nodes/prepare";
import { hasDecided, resume } from "./nodes/resume";
import { type AgentConfig, type AgentState, agentState, contextOf } from "./state";
import { traced } from "./traced";
import { leaveOutLangSmith } from "./without-langsmith";

leaveOutLangSmith();

/**
 * The agent: prepare → generate ⇄ act → finish. A run that goes on after approvals begins with resume.
 *
 * Chunks go straight to the run's log through the graph's context, not through LangGraph's stream writer,
 * which doubles the cost of each. There is no checkpointer: the stored messages are the state.
 */
export const graph = new StateGraph(agentState)
  .addNode("resume", traced("resume", resume))
  .addNode("prepare", traced("prepare", prepare))
  .addNode("generate", traced("generate", generate))
  .addNode("act", traced("act", act))
  .addNode("finish", traced("finish", finish))
  .addConditionalEdges(START, (_: AgentState, config: AgentConfig) => (hasDecided(contextOf(config).history) ? "resume" : "prepare"), [
    "resume",
    "prepare",
  ])
  .addEdge("resume", "prepare")
  .addEdge("prepare", "generate")
  .addConditionalEdges("generate", afterStep, ["act", "generate", "finish"])
  .addConditionalEdges("act", ({ isAsking }) => (isAsking ? "finish" : "generate"), ["finish", "generate"])
  .addEdge("finish", END)
  .compile();

/** Tool calls are run; calls that were wrong in form already have their error as an answer, which the model reads next. */
function afterStep(state: AgentState): "act" | "generate" | "finish" {
  if (!wantsMore(state) || state.steps > maxToolSteps) return "finish";
  return state.pending.length > 0 ? "act" : "generate";
}
