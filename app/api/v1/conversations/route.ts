import { otherMethods, route } from "@/lib/auth/route";
import { createConversation, listConversations } from "@/lib/chat/contract";
import { createConversation as create } from "@/lib/chat/create-conversation";
import { listConversations as list } from "@/lib/chat/list-conversations";

export const GET = route(listConversations, ({ caller, query }) => list({ ownerId: caller.userId, ...query }));

export const POST = route(createConversation, ({ caller, body }) => create({ ownerId: caller.userId, ...body }));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
