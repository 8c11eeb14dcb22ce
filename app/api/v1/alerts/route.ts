import { otherMethods, route } from "@/lib/auth/route";
import { listFiringAlerts } from "@/lib/monitoring/alerts/contract";
import { listActive } from "@/lib/monitoring/alerts/list-alerts";

export const GET = route(listFiringAlerts, () => listActive());

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
