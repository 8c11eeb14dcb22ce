import { otherMethods, route } from "@/lib/auth/route";
import { listRuns } from "@/lib/chat/contract";
import { listRuns as list } from "@/lib/chat/list-runs";

export const GET = route(listRuns, ({ caller, query }) => list({ ownerId: caller.userId, ...query }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
