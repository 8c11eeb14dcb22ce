import { saveGatewaySettings } from "../gateway-settings";
import type { CallLimitChanges } from "./contract";

/** Sets how long calls may wait and take, and how many may wait; null takes a value back to its default. Holds with the next call. For admins. */
export async function setCallLimits(changes: CallLimitChanges): Promise<void> {
  await saveGatewaySettings(changes);
}
