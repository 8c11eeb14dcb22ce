/** Goes through lines that were written before, newest first. What was being written is below them. */
export function walkHistory(lines: string[]) {
  let place = -1;
  let draft = "";
  /** @returns the line to show, undefined where there is none further */
  const step = (by: 1 | -1, written: string): string | undefined => {
    const next = place + by;
    if (next < -1 || next >= lines.length) return undefined;
    if (place === -1) draft = written;
    place = next;
    return next === -1 ? draft : lines[next];
  };
  return { older: (written: string) => step(1, written), newer: (written: string) => step(-1, written) };
}
