import { InvalidRequestError } from "@/lib/core/errors";
import { toBaseUrl } from "./base-url";

/** The address an admin entered, in the form providers want. @throws InvalidRequestError when it cannot be used */
export function checkedBaseUrl(kind: Parameters<typeof toBaseUrl>[0], address: string | undefined): string {
  try {
    return toBaseUrl(kind, address);
  } catch (error) {
    const { message } = error as Error;
    throw new InvalidRequestError(message, [{ path: "baseUrl", message }]);
  }
}
