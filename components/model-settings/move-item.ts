/** A list with one item a place further up or down; the same when it is at the end. */
export function moveItem<T>(items: T[], item: T, by: -1 | 1): T[] {
  const from = items.indexOf(item);
  const to = from + by;
  if (from < 0 || to < 0 || to >= items.length) return items;
  const others = items.toSpliced(from, 1);
  return others.toSpliced(to, 0, item);
}
