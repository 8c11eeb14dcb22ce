import { otherMethods, route } from "@/lib/auth/route";
import { createMessage, listMessages } from "@/lib/chat/contract";
import { createMessage as create } from "@/lib/chat/create-message";
import { listMessages as list } from "@/lib/chat/list-messages";

export const GET = route(listMessages, ({ caller, query }) => list({ ownerId: caller.userId, ...query }));

export const POST = route(createMessage, ({ caller, body }) => create({ ownerId: caller.userId, ...body }));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
