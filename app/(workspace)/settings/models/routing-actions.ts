"use server";

import { action } from "@/lib/auth/action";
import { routeTrial, routingSettings } from "@/lib/gateway/routing/contract";
import { saveRoutingSettings } from "@/lib/gateway/routing/save-routing-settings";
import { tryRoute } from "@/lib/gateway/routing/try-route";

export const saveRouting = action("admin", routingSettings, ({ input }) => saveRoutingSettings(input));

export const tryRouting = action("admin", routeTrial, ({ input, caller }) => tryRoute(input.text, caller));
