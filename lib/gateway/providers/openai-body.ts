import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";

type Fields = Record<string, unknown>;
type MakeModel = (adaptBody: ((body: Fields) => Fields) | undefined) => LanguageModelV4;

/** The provider options under which a call carries fields of OpenAI's request that go to the host unchanged. */
export const openaiBodyKey = "openaiBody";

/**
 * A model whose host reads OpenAI's request: fields that a caller of `/v1` sent beyond the common ones are put into the
 * body, where they never stand above those that the provider package wrote.
 */
export function withOpenaiBody(modelId: string, make: MakeModel): LanguageModelV4 {
  const modelFor = ({ providerOptions }: LanguageModelV4CallOptions) => {
    const passed = providerOptions?.[openaiBodyKey];
    return make(passed && ((body) => ({ ...passed, ...body })));
  };
  return {
    specificationVersion: "v4",
    provider: "openai",
    modelId,
    supportedUrls: {},
    doGenerate: (options) => modelFor(options).doGenerate(options),
    doStream: (options) => modelFor(options).doStream(options),
  };
}
