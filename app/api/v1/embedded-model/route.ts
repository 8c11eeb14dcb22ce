import { otherMethods, route } from "@/lib/auth/route";
import { chooseEmbeddedModel } from "@/lib/gateway/embedded/choose-embedded-model";
import { getEmbeddedModel, setEmbeddedModel } from "@/lib/gateway/embedded/contract";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";

export const GET = route(getEmbeddedModel, () => embeddedState());

export const POST = route(setEmbeddedModel, ({ body }) => chooseEmbeddedModel(body));

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
