import { z } from "zod";
import { AppError, ModelError } from "@/lib/core/errors";
import { hostLabel } from "../call-error";
import { gatewaySettings } from "../gateway-settings";
import { openAnswer } from "../open-answer";
import { statusError } from "../status-error";
import type { Upstream } from "../upstream";
import { EventSplitter, LineTooLongError } from "../wire/event-splitter";
import { ollamaHeaders } from "./ollama-headers";
import { pullError } from "./pull-error";

/** How far a download is: the host's words, and bytes of all parts that it has told of. */
export type PullProgress = { status: string; completed: number | null; total: number | null };

const maxLineChars = 64 * 1024;
/** A model has about ten parts; a hostile host must not fill the process. */
const maxParts = 1_000;

const bytes = z.number().nonnegative().optional().catch(undefined);
const line = z.object({
  status: z.string().max(300).catch(""),
  error: z.string().optional(),
  digest: z.string().max(200).optional().catch(undefined),
  completed: bytes,
  total: bytes,
});

/**
 * Has an Ollama download a model: https://github.com/ollama/ollama/blob/main/docs/api.md#pull-a-model
 * Ends when the model is there. Its silence is borne as long as a cold load's: it checks whole files without a word.
 * @throws InvalidRequestError when there is no such model · ModelError · the signal's reason
 */
export async function* pullFromHost(upstream: Upstream, name: string, signal: AbortSignal): AsyncGenerator<PullProgress> {
  const patience = silenceLimit(upstream, name);
  const either = AbortSignal.any([signal, patience.signal]);
  const parts = new Map<string, { completed: number; total: number }>();
  let isDone = false;
  try {
    const refusal = (status: number, words: string) => refusalError(status, words, { upstream, name });
    const request = { path: "/api/pull", body: { model: name, stream: true }, headers: ollamaHeaders(upstream), about: name, refusal };
    for await (const text of linesOf(await openAnswer(upstream, { ...request, signal: either }))) {
      patience.onSound();
      const { status, error, digest, completed = 0, total = 0 } = read(text, upstream);
      if (error) throw pullError(error, upstream, name);
      if (digest && (parts.has(digest) || parts.size < maxParts)) parts.set(digest, { completed: Math.min(completed, total), total });
      isDone = status === "success";
      yield { status, ...sumOf(parts) };
    }
    if (!isDone) throw brokeOff(upstream, name);
  } catch (error) {
    if (either.aborted) throw either.reason;
    if (error instanceof LineTooLongError) throw new ModelError("bad_reply", `${hostLabel(upstream)} sent a line without an end.`);
    throw error instanceof AppError ? error : brokeOff(upstream, name, error);
  } finally {
    patience.end();
  }
}

async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  const splitter = new EventSplitter("lines", maxLineChars);
  for await (const piece of body ?? []) yield* splitter.push(piece);
  const rest = splitter.end();
  if (rest !== undefined) yield rest;
}

function read(text: string, upstream: Upstream): z.output<typeof line> {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw new ModelError("bad_reply", `${hostLabel(upstream)} answered with something that is no progress of a download.`);
  }
}

function sumOf(parts: Map<string, { completed: number; total: number }>): Pick<PullProgress, "completed" | "total"> {
  if (parts.size === 0) return { completed: null, total: null };
  const all = [...parts.values()];
  return { completed: all.reduce((sum, part) => sum + part.completed, 0), total: all.reduce((sum, part) => sum + part.total, 0) };
}

/** A refusal says the same as an error in the stream does, unless it is about the key. */
function refusalError(status: number, words: string, { upstream, name }: { upstream: Upstream; name: string }): AppError {
  if (status === 401 || status === 403) return statusError(status, words, { upstream, modelId: "", modelName: name });
  return pullError(words || `status ${status}`, upstream, name);
}

function brokeOff(upstream: Upstream, name: string, cause?: unknown): ModelError {
  const message = `${hostLabel(upstream)} broke off downloading ${name}. Pull it again: it goes on where it stopped.`;
  return new ModelError("broke_off", message, { cause });
}

function silenceLimit(upstream: Upstream, name: string) {
  const limitMs = gatewaySettings().coldLoadTimeoutMs;
  const controller = new AbortController();
  const onSilence = () => {
    const what = `${hostLabel(upstream)} has said nothing about ${name} for ${Math.round(limitMs / 1000)} seconds.`;
    controller.abort(new ModelError("timed_out", `${what} Pull it again: it goes on where it stopped.`));
  };
  let timer = setTimeout(onSilence, limitMs);
  return {
    signal: controller.signal,
    onSound() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, limitMs);
    },
    end: () => clearTimeout(timer),
  };
}
