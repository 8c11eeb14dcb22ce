import { route } from "@/lib/auth/route";
import { browserBranch } from "@/lib/chat/contract";
import { switchBranch } from "@/lib/chat/open-conversation";

export const POST = route(browserBranch, ({ caller, params, body }) => switchBranch({ ownerId: caller.userId, ...params, ...body }));
