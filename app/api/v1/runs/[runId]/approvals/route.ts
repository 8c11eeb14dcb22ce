import { otherMethods, route } from "@/lib/auth/route";
import { decideCall as decide } from "@/lib/chat/approvals/decide-call";
import { decideCall } from "@/lib/chat/contract";

export const POST = route(decideCall, ({ caller, params, body }) => decide({ ownerId: caller.userId, ...params, ...body }));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
