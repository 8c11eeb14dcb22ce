/** Models for sound, pictures, moderation or plain completion, which OpenAI lists beside those that chat. */
const noChat =
  /(^|[/-])(whisper|tts|dall-e|gpt-image|chatgpt-image|sora|omni-moderation|text-moderation|babbage|davinci|realtime|transcribe|audio|imagen|veo|aqa)([-/]|$)|-instruct-\d{4}|^gpt-3\.5-turbo-instruct/i;

/** Whether a model's name says that it can neither chat nor embed. */
export function isNoChatModel(name: string): boolean {
  return noChat.test(name);
}
