/** One source could not deliver. `isFinal` means that asking it again is no use. The message is for people. */
export class SourceError extends Error {
  readonly isFinal: boolean;
  constructor(message: string, { isFinal = false } = {}) {
    super(message);
    this.isFinal = isFinal;
  }
}
