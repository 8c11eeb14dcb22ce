import { expect, test } from "vitest";
import { ForbiddenError, ModelError } from "@/lib/core/errors";
import { otlpHeaders } from "@/lib/monitoring/otlp/otlp-headers";
import { errorType, errorWords } from "@/lib/monitoring/spans/error-words";

test("of an error nothing is kept that could repeat what was said, unless that is kept too", () => {
  const refused = new ModelError("bad_request", "ollama says: cannot parse 'my secret'");
  expect(errorWords(refused, false)).toBe("The host did not accept the request.");
  expect(errorWords(refused, true)).toContain("my secret");
  expect(errorWords(new Error("insert of 'my secret' failed"), false)).not.toContain("secret");
  expect(errorWords(new ModelError("timed_out", "ollama was silent."), false)).toBe("ollama was silent.");
  expect([refused, new ForbiddenError("No."), new TypeError("x"), "told already"].map(errorType)).toEqual([
    "bad_request",
    "forbidden",
    "TypeError",
    undefined,
  ]);
});

test("a collector's headers are read as OpenTelemetry writes them, and what is no header is left out", () => {
  expect(otlpHeaders("api-key=a%2Cb%3D, X-Team = blue green ,=nobody,no value,bad name=1,odd=%zz")).toEqual({
    "api-key": "a,b=",
    "x-team": "blue green",
    odd: "%zz",
  });
  expect(otlpHeaders()).toEqual({});
});
