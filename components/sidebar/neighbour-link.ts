/** The link after a row of the sidebar, else the one before it, which may be New chat: where the focus goes when the row is gone. */
export function neighbourLink(row: HTMLElement): HTMLElement | undefined {
  const links = [...(row.closest("aside")?.querySelectorAll("a") ?? [])];
  const index = links.findIndex((link) => row.contains(link));
  return links[index + 1] ?? links[index - 1];
}
