import { otherMethods, route } from "@/lib/auth/route";
import { decideCall as decide } from "@/lib/chat/approvals/decide-call";
import { forgetAllowance as forget } from "@/lib/chat/approvals/forget-allowance";
import { decideCall, forgetAllowance } from "@/lib/chat/contract";

export const POST = route(decideCall, ({ caller, params, body }) => decide({ ownerId: caller.userId, ...params, ...body }));

export const DELETE = route(forgetAllowance, ({ caller, params, query }) => forget({ ownerId: caller.userId, ...params, ...query }));

export const { HEAD, GET, PUT, PATCH, OPTIONS } = otherMethods(POST, DELETE);
