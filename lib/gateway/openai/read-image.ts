import type { LanguageModelV4FilePart } from "@ai-sdk/provider";
import { OpenaiError } from "./openai-error";

/** An image that came as a data URL. @throws OpenaiError for an address, which Hearth does not fetch for its callers, and for anything else */
export function readImage({ url, detail }: { url: string; detail?: string | null }, param: string): LanguageModelV4FilePart {
  const invalid = (message: string) => new OpenaiError(message, { code: "invalid_image_url", param });
  if (/^https?:/i.test(url))
    throw invalid("Hearth does not fetch images from other servers. Send the image itself, as a data URL: data:image/png;base64,…");
  const comma = url.indexOf(",");
  const mediaType = /^data:(image\/[\w.+-]{1,40});base64$/i.exec(url.slice(0, Math.min(comma, 100)))?.[1];
  const data = url.slice(comma + 1);
  if (!mediaType || data === "" || !/^[\w+/-]+={0,2}$/.test(data))
    throw invalid("The image is not a data URL of an image in base64, as in data:image/png;base64,…");
  return {
    type: "file",
    mediaType: mediaType.toLowerCase(),
    data: { type: "data", data },
    // Each package has a way of its own to take it: that for compatible servers has the field as the host reads it.
    ...(detail && { providerOptions: { openai: { imageDetail: detail }, openaiCompatible: { image_url: { url, detail } } } }),
  };
}
