export type Progress = { state: "running" | "checking"; receivedBytes: number; totalBytes: number; bytesPerSecond: number; source: string };

/** What a source says about itself while it works. */
export type OnBytes = (receivedBytes: number, totalBytes: number) => void;

const windowMs = 5_000;

/** Turns byte counts into progress with a speed over the last five seconds. */
export function progressMeter(source: string, onProgress: (progress: Progress) => void): OnBytes {
  let samples: { at: number; receivedBytes: number }[] = [];
  return (receivedBytes, totalBytes) => {
    const at = performance.now();
    samples = [...samples.filter((sample) => at - sample.at < windowMs && sample.receivedBytes <= receivedBytes), { at, receivedBytes }];
    const [first] = samples;
    const seconds = (at - (first?.at ?? at)) / 1000;
    const bytesPerSecond = seconds > 0 ? Math.round((receivedBytes - (first?.receivedBytes ?? 0)) / seconds) : 0;
    onProgress({ state: "running", receivedBytes, totalBytes, bytesPerSecond, source });
  };
}
