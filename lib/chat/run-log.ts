import type { UiChunk } from "@/db/schema/json";
import { MessagePartsBuilder } from "./message-parts";
import { storable } from "./storable";

/** A chunk with its number in the run, from 0. */
export type NumberedChunk = { seq: number; chunk: UiChunk };

/**
 * The log of one live run: chunks in the order they were emitted, numbered from 0.
 *
 * Followers hold an index, not a buffer, so a slow reader costs nothing and one reader cannot delay another.
 * What is not yet in Postgres waits in `takeUnflushed` for the process-wide flush (`flush-run-logs.ts`).
 */
export class RunLog {
  readonly builder = new MessagePartsBuilder();
  private readonly chunks: UiChunk[] = [];
  private visible = 0;
  private flushed = 0;
  private sealed = false;
  private ended = false;
  private wake = Promise.withResolvers<void>();

  /** Adds a chunk and shows it to followers. Ignored once the run has ended. */
  append(given: UiChunk): void {
    if (this.sealed) return;
    const chunk = storable(given);
    this.chunks.push(chunk);
    this.builder.apply(chunk);
    this.show();
  }

  /** Adds the last chunks but keeps them from followers until `end`, so that nobody sees the end before it is stored. */
  seal(lastChunks: UiChunk[]): void {
    this.chunks.push(...storable(lastChunks));
    this.sealed = true;
  }

  /** Shows everything; followers finish. */
  end(): void {
    this.sealed = true;
    this.ended = true;
    this.show();
  }

  /** Chunks not yet given to a flush, and the number of the first; null when there are none. */
  takeUnflushed(): { firstSeq: number; chunks: UiChunk[] } | null {
    if (this.flushed === this.chunks.length) return null;
    const firstSeq = this.flushed;
    this.flushed = this.chunks.length;
    return { firstSeq, chunks: this.chunks.slice(firstSeq) };
  }

  /** Gives chunks back whose flush failed, so that the next one takes them again. */
  returnUnflushed(firstSeq: number): void {
    this.flushed = Math.min(this.flushed, firstSeq);
  }

  /** Chunks from number `from` on, in arrays of whatever has come meanwhile, until the run ends or `signal` aborts. */
  async *follow(from: number, signal?: AbortSignal): AsyncGenerator<NumberedChunk[]> {
    let next = from;
    signal?.addEventListener("abort", () => this.wakeFollowers(), { once: true });
    while (!signal?.aborted) {
      if (next < this.visible) {
        const first = next;
        next = this.visible;
        yield this.chunks.slice(first, next).map((chunk, index) => ({ seq: first + index, chunk }));
      } else if (this.ended) return;
      else await this.wake.promise;
    }
  }

  private show() {
    this.visible = this.chunks.length;
    this.wakeFollowers();
  }

  private wakeFollowers() {
    const { resolve } = this.wake;
    this.wake = Promise.withResolvers<void>();
    resolve();
  }
}
