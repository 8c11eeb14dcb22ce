const maxTitleChars = 60;

/** A title from the first line of the first message, until a model or a person gives a better one. */
export function firstTitle(text: string): string {
  const line = text.trim().split(/\r?\n/, 1)[0]?.replaceAll(/\s+/g, " ").trim() ?? "";
  if (line.length <= maxTitleChars) return line || "New chat";
  const cut = line.slice(0, maxTitleChars);
  const lastSpace = cut.lastIndexOf(" ");
  return `${(lastSpace > maxTitleChars / 2 ? cut.slice(0, lastSpace) : cut).toWellFormed()}…`;
}
