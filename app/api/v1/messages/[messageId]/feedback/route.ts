import { otherMethods, route } from "@/lib/auth/route";
import { giveFeedback } from "@/lib/chat/contract";
import { giveFeedback as keepFeedback } from "@/lib/chat/give-feedback";

export const POST = route(giveFeedback, ({ caller, params, body }) =>
  keepFeedback({ messageId: params.messageId, ownerId: caller.userId }, body.vote),
);

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
