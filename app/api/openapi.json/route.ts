import { route } from "@/lib/auth/route";
import { openApi } from "@/lib/http/openapi";
import { apiDescription } from "../contracts";

export const GET = route(openApi, () => apiDescription);
