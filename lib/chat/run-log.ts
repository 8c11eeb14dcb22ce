import type { UiChunk } from "@/db/schema/json";
import { MessagePartsBuilder } from "./message-parts";
import { storable } from "./storable";

/** A chunk with its number in the run, from 0. */
export type NumberedChunk = { seq: number; chunk: UiChunk };

/**
 * The log of one live run: chunks in the order they were emitted, numbered from 0.
 *
 * Followers hold an index, not a buffer, so a slow reader costs nothing and one reader cannot delay another.
 * What is not known to be in Postgres stays `unstored` until a write of it is acknowledged, and is written again until then.
 */
export class RunLog {
  readonly builder = new MessagePartsBuilder();
  private readonly chunks: UiChunk[] = [];
  private visible = 0;
  private storedUpTo = 0;
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

  /** Whether the run has its end, stored or not: nothing more is added, and what is left is stored together with the end. */
  get isSealed(): boolean {
    return this.sealed;
  }

  /** Whether the end is stored and shown. */
  get hasEnded(): boolean {
    return this.ended;
  }

  /** Chunks after the last acknowledged write, and the number of the first; null when there are none. */
  unstored(): { firstSeq: number; chunks: UiChunk[] } | null {
    if (this.storedUpTo >= this.chunks.length) return null;
    return { firstSeq: this.storedUpTo, chunks: this.chunks.slice(this.storedUpTo) };
  }

  /** Takes down that the chunks before number `next` are stored. */
  markStored(next: number): void {
    this.storedUpTo = Math.max(this.storedUpTo, next);
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
