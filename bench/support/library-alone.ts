/** Tokens a second of the model library by itself: the same file, prompt, threads and length as through Hearth. */
import { availableParallelism } from "node:os";
import { getLlama, LlamaChatSession } from "node-llama-cpp";

const [modelPath = "", prompt = "", maxTokens = "128"] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: availableParallelism() });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ threads: availableParallelism(), contextSize: 2048 });
const session = new LlamaChatSession({ contextSequence: context.getSequence() });
let firstAt = 0;
let tokens = 0;
await session.prompt(prompt, {
  maxTokens: Number(maxTokens),
  temperature: 0,
  onToken(batch) {
    firstAt ||= performance.now();
    tokens += batch.length;
  },
});
process.send?.({ tokens, tokensPerSecond: (tokens - 1) / ((performance.now() - firstAt) / 1000) }, () => process.exit(0));
