import { otherMethods, route } from "@/lib/auth/route";
import { retryEmbeddedModel } from "@/lib/gateway/embedded/contract";
import { retryEmbeddedDownload } from "@/lib/gateway/embedded/retry-embedded-download";

export const POST = route(retryEmbeddedModel, () => retryEmbeddedDownload());

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
