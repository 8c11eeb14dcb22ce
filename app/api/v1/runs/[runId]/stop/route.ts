import { otherMethods, route } from "@/lib/auth/route";
import { stopRun } from "@/lib/chat/contract";
import { stopRun as stop } from "@/lib/chat/stop-run";

export const POST = route(stopRun, ({ caller, params }) => stop({ ownerId: caller.userId, ...params }));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
