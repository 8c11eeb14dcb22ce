import { expect, test } from "vitest";
import { serverAddress } from "../../../cli/sign-in/server-address";

test.each([
  ["localhost:3000", "http://localhost:3000"],
  ["127.0.0.1:8080/", "http://127.0.0.1:8080"],
  ["[::1]:3000", "http://[::1]:3000"],
  ["hearth.example.org", "https://hearth.example.org"],
  ["http://hearth.lan:3000", "http://hearth.lan:3000"],
  [" HTTPS://Hearth.Example.org/ ", "https://hearth.example.org"],
])("%j is %s", (given, address) => {
  expect(serverAddress(given)).toBe(address);
});

test.each([
  "",
  "https://",
  "ftp://hearth.example.org",
  "https://hearth.example.org/chat",
  "https://me:secret@hearth.example.org",
  "two words",
])("%j is refused, and an address that works is shown", (given) => {
  expect(() => serverAddress(given)).toThrow(/as https:\/\/hearth\.example\.org/);
});
