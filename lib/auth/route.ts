import { createRoute } from "@/lib/http/route";
import { callerOf } from "./caller";

/** Makes a route handler of a contract: the only way a route under `app/` comes to be. */
export const route = createRoute(callerOf);
