import { refreshToken } from "@/lib/auth/contract";
import { refreshSession } from "@/lib/auth/refresh-session";
import { otherMethods, route } from "@/lib/auth/route";

export const POST = route(refreshToken, ({ body, connection }) => refreshSession({ ...body, address: connection.address }));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
