import { otherMethods, route } from "@/lib/auth/route";
import { browserStop } from "@/lib/chat/page-contract";
import { stopConversation } from "@/lib/chat/stop-run";

export const POST = route(browserStop, ({ caller, params }) => stopConversation({ ownerId: caller.userId, ...params }));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
