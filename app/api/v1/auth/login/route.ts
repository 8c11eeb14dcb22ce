import { login } from "@/lib/auth/contract";
import { logIn } from "@/lib/auth/log-in";
import { otherMethods, route } from "@/lib/auth/route";
import { deviceOf } from "@/lib/auth/start-session";

export const POST = route(login, ({ body, request, connection }) => logIn(body, deviceOf(request.headers, connection.address)));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
