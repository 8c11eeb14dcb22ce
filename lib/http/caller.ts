/** Who is calling, found out from a cookie or a token and from nothing else. */
export type Caller = {
  userId: string;
  email: string;
  name: string;
  role: "admin" | "user";
  /** The sign-in this call belongs to; revoking it ends the caller's access at once. */
  sessionId: string;
  via: "cookie" | "token";
};
