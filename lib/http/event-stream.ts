/** Headers of every server-sent event stream. */
export const eventStreamHeaders = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  // Keeps a proxy in front from holding the stream back.
  "x-accel-buffering": "no",
};

/** How often a silent stream says that it is there: proxies close a connection that is silent for a minute. */
export const keepAliveMs = 15_000;
