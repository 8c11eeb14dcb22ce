import { otherMethods, route } from "@/lib/auth/route";
import { getRun } from "@/lib/chat/contract";
import { readRun } from "@/lib/chat/read-run";

export const GET = route(getRun, ({ caller, params }) => readRun({ ownerId: caller.userId, ...params }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
