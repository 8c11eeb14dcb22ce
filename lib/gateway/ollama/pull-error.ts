import { type AppError, InvalidRequestError, ModelError } from "@/lib/core/errors";
import { hostLabel, quote } from "../call-error";
import type { Upstream } from "../upstream";

/** Why an Ollama could not download a model, by its own words: it tells all of this in one field, mostly under status 200. */
export function pullError(words: string, upstream: Upstream, name: string): AppError {
  const host = hostLabel(upstream);
  const said = `It said: ${quote(words, upstream)}`;
  if (/does not exist|not found|manifest unknown|invalid model name/i.test(words)) {
    const message = `${host} knows of no model ${name} to download. Check the name and the part after the colon.`;
    return new InvalidRequestError(message, [{ path: "body.name", message }]);
  }
  if (/no space left|disk (is )?full|quota exceeded|not enough space/i.test(words))
    return new ModelError("crashed", `${host} has no room on its disk for ${name}. Delete models there, then pull it again. ${said}`);
  if (/newer version|requires.*version/i.test(words))
    return new ModelError("bad_reply", `${host} is too old for ${name}. Update Ollama there, then pull it again. ${said}`);
  if (/dial tcp|lookup|no such host|connection refused|timeout|tls|unreachable|max retries/i.test(words))
    return new ModelError("host_refused", `${host} cannot reach the library. Check its way to the network, then pull it again. ${said}`);
  return new ModelError("crashed", `${host} could not download ${name}. Try again; its own log says more. ${said}`);
}
