import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";

/** A reply that several read, each from its beginning and at their own pace. It is held whole: the gateway bounds its length. */
export function replyLog() {
  const parts: Part[] = [];
  let end: { failure?: { reason: unknown } } | undefined;
  let moved = Promise.withResolvers<void>();
  const move = () => {
    moved.resolve();
    moved = Promise.withResolvers();
  };
  return {
    parts,
    push(part: Part) {
      parts.push(part);
      move();
    },
    /** Nothing more comes; `failure` is what readers fail with when they have read what came. The first word on it stands. */
    close(failure?: { reason: unknown }) {
      end ??= { failure };
      move();
    },
    /** A stream of everything, from the first part on. `signal` ends it early with its reason. */
    read(signal: AbortSignal, onCancel: (reason: unknown) => void): ReadableStream<Part> {
      let at = 0;
      signal.addEventListener("abort", move, { once: true });
      return new ReadableStream(
        {
          async pull(controller) {
            for (;;) {
              if (signal.aborted) return controller.error(signal.reason);
              const part = parts[at];
              if (part) {
                at++;
                return controller.enqueue(part);
              }
              if (end) return end.failure ? controller.error(end.failure.reason) : controller.close();
              await moved.promise;
            }
          },
          cancel: onCancel,
        },
        { highWaterMark: 0 },
      );
    },
  };
}
