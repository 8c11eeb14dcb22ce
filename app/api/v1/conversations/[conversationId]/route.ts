import { otherMethods, route } from "@/lib/auth/route";
import { deleteConversation, getConversation, updateConversation } from "@/lib/chat/contract";
import { deleteConversation as remove } from "@/lib/chat/delete-conversation";
import { getConversation as get } from "@/lib/chat/get-conversation";
import { updateConversation as update } from "@/lib/chat/update-conversation";

export const GET = route(getConversation, ({ caller, params }) => get({ ownerId: caller.userId, ...params }));

export const PATCH = route(updateConversation, ({ caller, params, body }) => update({ ownerId: caller.userId, ...params, ...body }));

export const DELETE = route(deleteConversation, ({ caller, params }) => remove({ ownerId: caller.userId, ...params }));

export const { POST, PUT, OPTIONS } = otherMethods(GET, PATCH, DELETE);
