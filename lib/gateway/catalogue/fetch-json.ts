import { callError, hostLabel } from "../call-error";
import { connectionError } from "../connection-error";
import { type HostRequest, openAnswer } from "../open-answer";
import type { Upstream } from "../upstream";
import { readLimited } from "./read-limited";

type JsonRequest = Omit<HostRequest, "about" | "method"> & Partial<Pick<HostRequest, "about">>;

/** One small question to a host, answered in JSON of at most 8 MiB. @throws ModelError; the signal's reason when it is aborted */
export async function fetchJson(upstream: Upstream, { about = "its list of models", ...request }: JsonRequest): Promise<unknown> {
  const reply = await openAnswer(upstream, { ...request, about });
  try {
    return parse(await readLimited(reply), upstream);
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    throw connectionError(error, { upstream });
  }
}

function parse(text: string, upstream: Upstream): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw callError("bad_reply", `${hostLabel(upstream)} answered with something that is not JSON.`);
  }
}
