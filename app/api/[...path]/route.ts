import { route } from "@/lib/auth/route";
import { NotFoundError } from "@/lib/core/errors";
import { defineContract } from "@/lib/http/contract";

const nothing = defineContract({
  method: "GET",
  path: "/api/{path}",
  summary: "A call that does not exist",
  tag: "Reference",
  access: "public",
});

/** Answers as the API answers, not with a page for people. */
const refuse = route(nothing, ({ request }) => {
  throw new NotFoundError("API call", new URL(request.url).pathname);
});

export { refuse as DELETE, refuse as GET, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT };
