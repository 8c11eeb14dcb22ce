import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import type { RunOptions } from "./model-runner";
import type { Delta, Generated, GenerateRequest } from "./protocol";
import { requireActiveModel } from "./require-active-model";
import { runnerOf } from "./runner-of";
import { toRequest } from "./to-request";

export type EmbeddedModelOptions = Pick<RunOptions, "onPosition" | "onTurn">;

/**
 * The embedded model for the AI SDK: streaming, stop, sampling, stop sequences and JSON schemas; no tools.
 * When the prompt ends with the assistant's text, the reply goes on from that text.
 * `onPosition` is told how many calls are ahead while a call waits for its turn, and `onTurn` that it has come.
 * A call fails with ModelError (in a stream: an `error` part, then the end) or with the abort signal's reason.
 * @throws ModelError `no_model` when there is none to run
 */
export function embeddedLanguageModel(waiting: EmbeddedModelOptions = {}): LanguageModelV4 {
  const active = requireActiveModel();
  const generate = async (request: GenerateRequest, options: LanguageModelV4CallOptions, onDeltas: (deltas: Delta[]) => void) => {
    const run = runnerOf(active.file).run({ kind: "generate", request }, { ...waiting, signal: options.abortSignal, onDeltas });
    return (await run) as Generated;
  };
  return {
    specificationVersion: "v4",
    provider: "local",
    modelId: active.name,
    supportedUrls: {},
    async doGenerate(options) {
      const { request, warnings } = toRequest(options, active.sampling);
      const texts: Record<Delta["kind"], string> = { reasoning: "", text: "" };
      const result = await generate(request, options, (deltas) => {
        for (const { kind, text } of deltas) texts[kind] += text;
      });
      return { content: toContent(texts), finishReason: finishOf(result), usage: usageOf(result), warnings };
    },
    async doStream(options) {
      const { request, warnings } = toRequest(options, active.sampling);
      const stop = new AbortController();
      const abortSignal = options.abortSignal ? AbortSignal.any([options.abortSignal, stop.signal]) : stop.signal;
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          controller.enqueue({ type: "stream-start", warnings });
          const blocks = blockWriter((part) => controller.enqueue(part));
          generate(request, { ...options, abortSignal }, blocks.write)
            .then((result) => {
              blocks.end();
              controller.enqueue({ type: "finish", finishReason: finishOf(result), usage: usageOf(result) });
              controller.close();
            })
            .catch((error) => {
              // Nobody reads a cancelled stream, and it cannot be failed any more.
              if (stop.signal.aborted) return;
              if (options.abortSignal?.aborted) return controller.error(error);
              // An error part keeps the pieces that are still to be read; failing the stream would drop them.
              controller.enqueue({ type: "error", error });
              controller.close();
            });
        },
        cancel: (reason) => stop.abort(reason),
      });
      return { stream };
    },
  };
}

/** Turns pieces into blocks of text and of reasoning, each with its start and end. */
function blockWriter(emit: (part: LanguageModelV4StreamPart) => void) {
  let open: { kind: Delta["kind"]; id: string } | undefined;
  let count = 0;
  const end = () => {
    if (open) emit({ type: `${open.kind}-end`, id: open.id });
    open = undefined;
  };
  const write = (deltas: Delta[]) => {
    for (const { kind, text } of deltas) {
      if (open?.kind !== kind) {
        end();
        open = { kind, id: String(count++) };
        emit({ type: `${kind}-start`, id: open.id });
      }
      emit({ type: `${kind}-delta`, id: open.id, delta: text });
    }
  };
  return { write, end };
}

function toContent(texts: Record<Delta["kind"], string>): LanguageModelV4Content[] {
  return (["reasoning", "text"] as const).filter((type) => texts[type] !== "").map((type) => ({ type, text: texts[type] }));
}

function finishOf({ finish }: Generated): LanguageModelV4FinishReason {
  return { unified: finish, raw: finish };
}

function usageOf({ inputTokens, cachedTokens, outputTokens, reasoningTokens }: Generated): LanguageModelV4Usage {
  return {
    inputTokens: { total: inputTokens, noCache: inputTokens - cachedTokens, cacheRead: cachedTokens, cacheWrite: undefined },
    outputTokens: { total: outputTokens, text: outputTokens - reasoningTokens, reasoning: reasoningTokens },
  };
}
