/** What `hearth` ends with. Scripts rely on the numbers; `docs/cli.md` is made from this table. */
export const exitCodes = {
  ok: { code: 0, meaning: "It worked." },
  failure: { code: 1, meaning: "It failed, and no other number says why." },
  usage: { code: 2, meaning: "The command line, or a value on it, is wrong." },
  notSignedIn: { code: 3, meaning: "Not signed in, or the sign-in or key has ended." },
  notFound: { code: 4, meaning: "There is no such thing, or it is another user's." },
  unreachable: { code: 5, meaning: "The server could not be reached, or the connection broke off." },
  forbidden: { code: 6, meaning: "This account or key may not do that." },
  model: { code: 7, meaning: "The model could not answer." },
  limit: { code: 8, meaning: "Refused by a limit or a budget." },
  interrupted: { code: 130, meaning: "Interrupted by Ctrl-C; a run that it had begun was stopped on the server." },
  outputClosed: { code: 141, meaning: "Whatever read the output went away; the run was stopped." },
  terminated: { code: 143, meaning: "Ended by SIGTERM; the run was stopped." },
} as const;

export type ExitName = keyof typeof exitCodes;
