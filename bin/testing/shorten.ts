const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** The first lines of an error's message, without colours, for a list that is read as a whole. */
export function shorten(message: string | undefined, lines = 8): string {
  if (!message) return "(no message)";
  return message.replace(escapes, "").split("\n").slice(0, lines).join("\n    ");
}
