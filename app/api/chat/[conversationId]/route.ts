import { route } from "@/lib/auth/route";
import { browserConversation } from "@/lib/chat/contract";
import { openConversation } from "@/lib/chat/open-conversation";

export const GET = route(browserConversation, ({ caller, params }) => openConversation({ ownerId: caller.userId, ...params }));
