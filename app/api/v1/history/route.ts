import { otherMethods, route } from "@/lib/auth/route";
import { history } from "@/lib/chat/contract";
import { listUserHistory } from "@/lib/chat/list-messages";

export const GET = route(history, ({ caller, query: { user_id: userId, ...page } }) => listUserHistory({ caller, userId, ...page }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
