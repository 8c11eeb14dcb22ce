import { checkDueHosts } from "./health-loop";
import { reloadHosts } from "./load-hosts";

/** Makes this process use the stored hosts as they are now, and checks what is new. */
export async function announceUpstream(): Promise<void> {
  await reloadHosts();
  void checkDueHosts();
}
