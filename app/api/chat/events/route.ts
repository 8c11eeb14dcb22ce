import { otherMethods, route } from "@/lib/auth/route";
import { followChatEvents } from "@/lib/chat/chat-events";
import { browserEvents } from "@/lib/chat/page-contract";
import { eventStreamHeaders } from "@/lib/http/event-stream";

export const GET = route(browserEvents, ({ caller }) => new Response(followChatEvents(caller), { headers: eventStreamHeaders }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
