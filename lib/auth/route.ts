import { createOtherMethods } from "@/lib/http/other-methods";
import { createRoute } from "@/lib/http/route";
import { callerOf } from "./caller";

/** Makes a route handler of a contract: the only way a route under `app/` comes to be. */
export const route = createRoute(callerOf);

/** The rest of a route file's methods; every one has this line, which a test holds it to. */
export const otherMethods = createOtherMethods();
