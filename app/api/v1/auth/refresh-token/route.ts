import { refreshToken } from "@/lib/auth/contract";
import { refreshSession } from "@/lib/auth/refresh-session";
import { route } from "@/lib/auth/route";

export const POST = route(refreshToken, ({ body, connection }) => refreshSession({ ...body, address: connection.address }));
