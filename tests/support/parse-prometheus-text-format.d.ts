declare module "parse-prometheus-text-format" {
  /** The metrics of a text in Prometheus's format. Of a histogram it tells the buckets of all labels together. */
  export default function parse(text: string): {
    name: string;
    metrics: { labels?: Record<string, string>; value?: string; buckets?: Record<string, string> }[];
  }[];
}
