import { bearer, forgetAttempts, registered } from "./accounts";
import { bootGateway } from "./gateway";
import { openaiServer } from "./openai-server";

/** A gateway on the given hosts, an account, and `/v1` on a real listener. `call` asks it as a program without a client library would. */
export async function openaiHearth(environment: Record<string, string>) {
  const gateway = await bootGateway({ HEARTH_SIGNUP: "open", ...environment });
  forgetAttempts();
  const { accessToken } = await registered();
  const server = await openaiServer();
  return {
    url: server.url,
    apiKey: accessToken,
    statuses: server.statuses,
    call(path: string, body?: unknown, init: RequestInit = {}): Promise<Response> {
      return fetch(server.url + path, {
        ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
        ...init,
        headers: { ...bearer(accessToken), "content-type": "application/json", ...init.headers },
      });
    },
    async close(): Promise<void> {
      await server.close();
      await gateway.close();
    },
  };
}
