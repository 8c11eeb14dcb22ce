import { expect, test } from "vitest";
import { guardedPost, isOpenAddress } from "@/lib/core/guarded-post";
import { webhookReceiver } from "@/tests/support/webhook-receiver";

test.each([
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "0.0.0.0",
  "::",
  "fe80::1",
  "224.0.0.1",
  "255.255.255.255",
  "fd00:ec2::254",
  "ff02::1",
  "x",
])("%s is closed", (address) => expect(isOpenAddress(address)).toBe(false));

test.each(["127.0.0.1", "192.168.1.20", "10.0.0.1", "203.0.113.7", "::1", "fd12::1", "2001:db8::1"])("%s is open", (address) =>
  expect(isOpenAddress(address)).toBe(true),
);

test.each(["http://169.254.169.254/latest", "http://[::ffff:169.254.169.254]/", "http://0/", "ftp://127.0.0.1/", "file:///etc/passwd"])(
  "nothing is posted to %s",
  async (address) => {
    await expect(guardedPost(address, { body: "{}", headers: {} })).rejects.toThrow(/may not be asked|no protocol/);
  },
);

test("a redirect is told, not followed", async () => {
  const receiver = await webhookReceiver();
  receiver.answer(302);
  expect(await guardedPost(receiver.url, { body: "{}", headers: {} })).toBe(302);
  expect(receiver.received.map(({ path }) => path)).toEqual(["/hook?token=hidden-in-the-address"]);
  await receiver.close();
});
