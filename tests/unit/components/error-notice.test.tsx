import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ApiError } from "@/components/api/api-error";
import { ErrorBoundary } from "@/components/workspace/error-boundary";
import { ErrorNotice } from "@/components/workspace/error-notice";
import { PageRequest } from "@/components/workspace/page-request";

const show = (error: Error & { digest?: string }, reference?: string) =>
  renderToStaticMarkup(
    <PageRequest id="page-request-1">
      <ErrorNotice what="this page" error={error} reference={reference} onRetry={() => undefined} />
    </PageRequest>,
  );

test("a page that failed names its request and the digest of the error, as the log does", () => {
  const html = show(Object.assign(new Error("a secret value"), { digest: "12345" }));
  expect(html).toContain("page-request-1 · 12345");
  expect(html).not.toContain("a secret value");
  expect(html).toContain("Try again");
});

test("a call to the server that failed names that call's request", () => {
  const problem = { status: 500, code: "internal", message: "It failed.", requestId: "call-7" };
  const html = show(new ApiError(problem));
  expect(html).toContain("call-7");
  expect(html).not.toContain("page-request-1");
});

test("a message that failed names its run", () => {
  expect(show(new Error("x"), "run-3")).toContain("page-request-1 · run-3");
});

test("a fault becomes a notice in its own area, with a way on", () => {
  const boundary = new ErrorBoundary({ what: "this message", reference: "run-3", compact: true, children: "the message" });
  expect(boundary.render()).toBe("the message");
  boundary.state = ErrorBoundary.getDerivedStateFromError(new Error("broken"));
  const html = renderToStaticMarkup(boundary.render());
  expect(html).toContain("There was a problem showing this message.");
  expect(html).toContain("run-3");
});
