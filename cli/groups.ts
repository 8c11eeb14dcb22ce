/** What a command of two words begins with, and what such commands are about. */
export const groups: Record<string, string> = { keys: "Your API keys", runs: "Runs, which write replies" };
