import { me } from "@/lib/auth/contract";
import { getMe } from "@/lib/auth/get-me";
import { otherMethods, route } from "@/lib/auth/route";

export const GET = route(me, ({ caller }) => getMe(caller));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
