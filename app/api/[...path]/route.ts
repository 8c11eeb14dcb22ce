import { route } from "@/lib/auth/route";
import { NotFoundError } from "@/lib/core/errors";
import { defineContract } from "@/lib/http/contract";

const shared = { path: "/api/{path}", summary: "A call that does not exist", tag: "Reference", access: "public" } as const;

/** Answers as the API answers, not with a page for people. */
const refuse = ({ request }: { request: Request }) => {
  throw new NotFoundError("API call", new URL(request.url).pathname);
};

export const GET = route(defineContract({ ...shared, method: "GET" }), refuse);
export const POST = route(defineContract({ ...shared, method: "POST" }), refuse);
export const PATCH = route(defineContract({ ...shared, method: "PATCH" }), refuse);
export const DELETE = route(defineContract({ ...shared, method: "DELETE" }), refuse);
