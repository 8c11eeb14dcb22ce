import { clearProcessGlobal } from "@/lib/core/process-global";
import { cancelDownload } from "./apply-choice";
import { runtime } from "./runtime";

/** Ends the model processes and the download; what was downloaded so far is kept. Settles when they are gone. */
export async function stopEmbedded(): Promise<void> {
  const { runners } = runtime();
  await cancelDownload();
  await Promise.all([...runners.values()].map((runner) => runner.kill()));
  clearProcessGlobal("embedded-model");
}
