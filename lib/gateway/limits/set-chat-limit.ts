import { saveGatewaySettings } from "../gateway-settings";

/** Sets how many chat messages a user may send in a minute; null takes it back to its default. Holds with the next message. For admins. */
export async function setChatLimit({ chatPerMinute }: { chatPerMinute: number | null }): Promise<void> {
  await saveGatewaySettings({ chatPerMinute });
}
