import { otherMethods, route } from "@/lib/auth/route";
import { openApi } from "@/lib/http/openapi";
import { apiDescription } from "../contracts";

export const GET = route(openApi, () => apiDescription);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
