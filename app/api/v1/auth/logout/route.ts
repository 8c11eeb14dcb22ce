import { logout } from "@/lib/auth/contract";
import { endSession } from "@/lib/auth/end-session";
import { otherMethods, route } from "@/lib/auth/route";

export const POST = route(logout, ({ caller }) => endSession(caller));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
