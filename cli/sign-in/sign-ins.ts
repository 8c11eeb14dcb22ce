/** How this machine is signed in at a server. `expiresAt` is when the access token ends, in Unix milliseconds. */
export type SignIn =
  | { kind: "key"; key: string }
  | { kind: "session"; email: string; accessToken: string; refreshToken: string; expiresAt: number };

/** The sign-ins of one person on one machine, by server. */
export type SignIns = {
  /** Where the person signed in last. */
  lastServer(): Promise<string | undefined>;
  find(server: string): Promise<SignIn | undefined>;
  /** Makes `change` of a sign-in while no other process does: two commands at once must not spend one refresh token twice. */
  update(server: string, change: (present: SignIn | undefined) => Promise<SignIn | undefined>): Promise<SignIn | undefined>;
};

/** An answer of auth/login and auth/refresh-token, as it is kept. */
export function toSignIn(session: { user: { email: string }; accessToken: string; refreshToken: string; expiresInS: number }): SignIn {
  const { user, accessToken, refreshToken, expiresInS } = session;
  return { kind: "session", email: user.email, accessToken, refreshToken, expiresAt: Date.now() + expiresInS * 1000 };
}
