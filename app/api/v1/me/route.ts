import { me } from "@/lib/auth/contract";
import { getMe } from "@/lib/auth/get-me";
import { route } from "@/lib/auth/route";

export const GET = route(me, ({ caller }) => getMe(caller));
