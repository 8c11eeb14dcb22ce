const prefixOf = (userId: string) => `hearth:${userId}:`;

/** The key under which this browser keeps something of one person's: others who use it see nothing of it. */
export const ownKey = (userId: string, name: string) => `${prefixOf(userId)}${name}`;

/** Removes everything that this browser keeps of a person. */
export function forgetOwn(userId: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefixOf(userId))) localStorage.removeItem(key);
  } catch {
    // Storage is forbidden: then nothing was kept.
  }
}
