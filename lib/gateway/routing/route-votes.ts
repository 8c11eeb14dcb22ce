import { db } from "@/db/database";
import { countVotes, type RouteVotes } from "@/db/queries/messages";

/** What readers thought of the replies that `auto` chose a model for, by kind and model, most votes first. For admins. */
export function routeVotes(): Promise<RouteVotes[]> {
  return countVotes(db());
}
