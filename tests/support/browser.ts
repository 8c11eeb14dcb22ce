// Next keeps requests in AsyncLocalStorage, which it finds on globalThis.
import "next/dist/server/node-environment-baseline";
import { NextRequest } from "next/server";
import { GET, POST } from "@/app/api/auth/[...nextauth]/route";
import { inRequest } from "./request-scope";

type Visit = { headers?: Record<string, string>; form?: Record<string, string>; body?: { type: string; text: string } };

/** A visitor's browser in front of next-auth's routes: keeps cookies and sends what a browser sends. */
export function aBrowser(origin = "http://localhost:3000") {
  const jar = new Map<string, string>();
  const setCookies: string[] = [];
  const url = new URL(origin);

  async function visit(call: string, { headers = {}, form, body }: Visit = {}): Promise<Response> {
    const isPost = form !== undefined || body !== undefined;
    const request = new NextRequest(`${origin}/api/auth/${call}`, {
      method: isPost ? "POST" : "GET",
      headers: {
        host: url.host,
        "x-forwarded-host": url.host,
        "x-forwarded-proto": url.protocol.replace(":", ""),
        "x-forwarded-for": "192.0.2.1",
        ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }),
        ...(isPost && { origin, "sec-fetch-site": "same-origin", "content-type": body?.type ?? "application/x-www-form-urlencoded" }),
        ...headers,
      },
      body: body?.text ?? (form && new URLSearchParams(form).toString()),
    });
    const context = { params: Promise.resolve({ nextauth: call.split("?")[0]?.split("/") ?? [] }) };
    const response = await inRequest(request, "action", () => (isPost ? POST : GET)(request, context));
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }

  function keep(line: string): void {
    setCookies.push(line);
    const [name = "", value = ""] = line.split(";")[0]?.split(/=(.*)/) ?? [];
    if (value && !/max-age=0/i.test(line)) jar.set(name, value);
    else jar.delete(name);
  }

  async function signIn(email: string, password: string, visitMore: Visit = {}): Promise<Response> {
    const { csrfToken } = await (await visit("csrf")).json();
    return visit("callback/credentials", { form: { email, password, csrfToken, callbackUrl: "/", json: "true" }, ...visitMore });
  }

  return { visit, signIn, jar, setCookies, cookieHeader: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ") };
}
