import { otherMethods, route } from "@/lib/auth/route";
import { switchBranch } from "@/lib/chat/open-conversation";
import { browserBranch } from "@/lib/chat/page-contract";

export const POST = route(browserBranch, ({ caller, params, body }) => switchBranch({ ownerId: caller.userId, ...params, ...body }));

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
