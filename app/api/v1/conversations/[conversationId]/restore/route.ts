import { otherMethods, route } from "@/lib/auth/route";
import { restoreConversation } from "@/lib/chat/contract";
import { restoreConversation as restore } from "@/lib/chat/delete-conversation";

export const POST = route(restoreConversation, ({ caller, params }) => restore({ ownerId: caller.userId, ...params }));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
