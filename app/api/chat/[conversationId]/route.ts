import { otherMethods, route } from "@/lib/auth/route";
import { openConversation } from "@/lib/chat/open-conversation";
import { browserConversation } from "@/lib/chat/page-contract";

export const GET = route(browserConversation, ({ caller, params }) => openConversation({ ownerId: caller.userId, ...params }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
