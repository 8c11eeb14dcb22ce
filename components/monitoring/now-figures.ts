/** A model host as it is at the moment; `broken` are models whose breaker keeps calls away. */
export type HostNow = { id: string; name: string; state: "up" | "down" | "unknown"; error: string | null; broken: string[] };

/** What goes on in this process at the moment. Sizes are millions of bytes, so that a figure changes when it reads differently. */
export type NowFigures = {
  hosts: HostNow[];
  running: number;
  waiting: number;
  /** Replies that are being written, whoever reads them. */
  replies: number;
  residentMb: number;
  heapMb: number;
  uptimeMinutes: number;
};
