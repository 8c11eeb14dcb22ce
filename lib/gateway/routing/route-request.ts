import type { RouteDecision } from "@/db/schema/json";

/** What a request is judged by. Tokens are estimates. */
export type RouteRequest = {
  /** What the person wrote last. */
  text: string;
  /** Of that text alone. */
  textTokens: number;
  /** Of all that the model is to read. */
  tokens: number;
  /** What limits and budgets count of a call: all its text with the tools that it declares, in weighed characters. */
  chars: number;
  /** And what its images and other files take at most. */
  fileTokens: number;
  maxOutputTokens?: number;
  /** Images are among all that the model is to read, also when they came with earlier messages. */
  hasImages: boolean;
  /** JSON is asked for by the request's form, not in words. */
  wantsJson: boolean;
  /** Tools were given for this request, rather than stand by. */
  needsTools: boolean;
  /** How the conversation's last reply was decided. */
  previous?: Pick<RouteDecision, "kind" | "model">;
};

/** Characters a token has before a model is known, as for any model that was not asked yet. */
export const charsPerToken = 4;
