/** Why a command was asked to end: by Ctrl-C, by SIGTERM, or because nobody reads what it writes any more. */
export type Interruption = "interrupted" | "terminated" | "outputClosed";

/**
 * All that a command knows of the world around it. The command line makes one from its process; a console in a page
 * can make one from a terminal in the page.
 */
export type Io = {
  /** Writes to the standard output: results, and nothing else. */
  out(text: string): void;
  /** Writes to the standard error: notes, progress, questions. */
  err(text: string): void;
  /** Whether a person reads the output there, and writes the input. */
  isTerminal: { in: boolean; out: boolean; err: boolean };
  colour: { out: boolean; err: boolean };
  /** All of the standard input, as text. @throws CliError when it is not text */
  readInput(): Promise<string>;
  /** The next line a person or a script writes, null at the end of the input. On a terminal it asks with `question`. */
  readLine(question: string): Promise<string | null>;
  /** A line that is not shown while it is typed. */
  readHidden(question: string): Promise<string>;
  /** A text file. @throws CliError when it cannot be read or is not text */
  readFile(path: string): Promise<string>;
  /** Becomes Hearth's server, which ends the process when it ends. */
  serve(port: number | undefined): Promise<never>;
  /** Calls `listener` at each Ctrl-C or other wish to end, in place of ending. @returns a function that takes it back */
  onInterrupt(listener: (why: Interruption) => void): () => void;
};
