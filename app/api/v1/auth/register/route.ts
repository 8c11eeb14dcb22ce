import { register } from "@/lib/auth/contract";
import { registerAccount } from "@/lib/auth/register-account";
import { otherMethods, route } from "@/lib/auth/route";
import { deviceOf } from "@/lib/auth/start-session";

export const POST = route(register, ({ body, request, connection }) =>
  registerAccount(body, deviceOf(request.headers, connection.address)),
);

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
