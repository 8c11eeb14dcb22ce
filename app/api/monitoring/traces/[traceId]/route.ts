import { otherMethods, route } from "@/lib/auth/route";
import { exportTrace } from "@/lib/monitoring/spans/contract";
import { exportTrace as exported } from "@/lib/monitoring/spans/export-trace";

export const GET = route(exportTrace, ({ caller, params }) => exported(caller, params.traceId));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
