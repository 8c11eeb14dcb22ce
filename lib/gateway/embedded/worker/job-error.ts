import type { WorkerFailure } from "../protocol.ts";

/** A job that cannot be done, with the reason that Hearth passes on. */
export class JobError extends Error {
  readonly why: WorkerFailure;
  constructor(why: WorkerFailure, message: string) {
    super(message);
    this.why = why;
  }
}
