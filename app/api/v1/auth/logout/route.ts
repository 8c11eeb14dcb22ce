import { logout } from "@/lib/auth/contract";
import { endSession } from "@/lib/auth/end-session";
import { route } from "@/lib/auth/route";

export const POST = route(logout, ({ caller }) => endSession(caller));
