import { POST as completions } from "@/app/v1/chat/completions/route";
import { POST as embeddings } from "@/app/v1/embeddings/route";
import type { RouteHandler } from "@/lib/http/serve-direct";
import { POST as chatFromPage } from "./chat/route";
import { POST as chat } from "./v1/chat/route";
import { GET as followRun } from "./v1/runs/[runId]/stream/route";

/** The routes on whose delay a reply's first token hangs: our own server serves them without Next between. */
export const directRoutes = [chatFromPage, chat, followRun, completions, embeddings] as RouteHandler[];
