import { saveGatewaySettings } from "../gateway-settings";
import type { RoutingSettings } from "./contract";

/** Sets what `auto` prefers and this deployment's rules; null takes one back to its default. For admins. */
export async function saveRoutingSettings(settings: RoutingSettings): Promise<void> {
  await saveGatewaySettings(settings);
}
