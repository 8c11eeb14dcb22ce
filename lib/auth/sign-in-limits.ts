import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { RateLimitedError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";

/** Attempts a minute: at one account from one address, at one account from everywhere, and from one address at anything. */
export const attemptsPerMinute = { perAddressAndAccount: 10, perAccount: 60, perAddress: 300 };

const limiter = (name: string, points: number) =>
  processGlobal(`limit:${name}`, () => new RateLimiterMemory({ points, duration: 60, keyPrefix: name }));

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
  await consume(limiter("sign-in", perAddressAndAccount), `${by.address} ${by.email}`);
  await consume(limiter("sign-in-account", perAccount), by.email);
}

/** Counts an attempt that names no account, such as spending a refresh token. @throws RateLimitedError */
export async function countAttemptFrom(address: string): Promise<void> {
  await consume(limiter("sign-in-address", attemptsPerMinute.perAddress), address);
}

async function consume(limit: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes)
      throw new RateLimitedError("sign-in attempts", Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    throw refusal;
  }
}
