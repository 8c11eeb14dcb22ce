const ending: (() => Promise<void>)[] = [];

/** Has `work` done once the test file is over, after the file's own `afterAll`. */
export function atEnd(work: () => Promise<void>): void {
  ending.push(work);
}

/** Does what was asked for. */
export async function end(): Promise<void> {
  for (const work of ending.splice(0)) await work();
}
