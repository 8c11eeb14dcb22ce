import { takeFromMinute } from "@/lib/http/take-from-minute";

/** Attempts a minute: at one account from one address, at one account from everywhere, and from one address at anything. */
export const attemptsPerMinute = { perAddressAndAccount: 10, perAccount: 60, perAddress: 300 };

const what = "sign-in attempts";

/**
 * Counts an attempt to sign in, register or prove a password, whether or not it succeeds.
 *
 * The ceiling of an account stops guesses from many addresses at once; it is well above the other, so
 * that one stranger cannot lock somebody out from one address.
 * @throws RateLimitedError with the seconds until the next attempt counts
 */
export async function countSignInAttempt(by: { address: string; email: string }): Promise<void> {
  const { perAddressAndAccount, perAccount } = attemptsPerMinute;
  await countAttemptFrom(by.address);
  await takeFromMinute({ key: `sign-in:${by.address} ${by.email}`, limit: perAddressAndAccount, what });
  await takeFromMinute({ key: `sign-in-account:${by.email}`, limit: perAccount, what });
}

/** Counts an attempt that names no account, such as spending a refresh token. @throws RateLimitedError */
export async function countAttemptFrom(address: string): Promise<void> {
  await takeFromMinute({ key: `sign-in-address:${address}`, limit: attemptsPerMinute.perAddress, what });
}
