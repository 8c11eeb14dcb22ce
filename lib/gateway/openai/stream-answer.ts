import { FastResponse } from "srvx/node";
import { eventStreamHeaders, keepAliveMs } from "@/lib/http/event-stream";
import { answerHeaders } from "./answer-headers";
import { type BodyOptions, eventBody } from "./event-body";
import { failedReply, type OpenReply } from "./open-reply";
import type { ResolvedModel } from "./resolve-model";
import { waitingBody } from "./waiting-body";

type Streamed = BodyOptions & { reply: Promise<OpenReply>; model: ResolvedModel };

/**
 * A reply as an event stream. The answer begins with the reply's first content, so that a failure before has a status of its
 * own; a reply that is longer in coming (a model that is loaded first) is waited for within the stream, as proxies close a
 * connection that is silent for a minute. Headers that are not known by then stay away.
 */
export async function streamAnswer({ reply, model, ...options }: Streamed): Promise<Response> {
  const { observed } = options;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, keepAliveMs, null);
  });
  const begun = await Promise.race([reply, late]).finally(() => clearTimeout(timer));
  const headers = { ...eventStreamHeaders, ...answerHeaders({ ...observed, route: model.route }) };
  if (begun) return new FastResponse(eventBody(begun, options), { headers });
  const coming = reply.catch(failedReply).then((late) => eventBody(late, options));
  const leave = (reason: unknown) => {
    observed.end();
    observed.abort(reason);
  };
  return new FastResponse(waitingBody(coming, leave), { headers });
}
