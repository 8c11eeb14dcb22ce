"use server";

import { action } from "@/lib/auth/action";
import { traceSettingChanges } from "@/lib/monitoring/spans/contract";
import { saveTraceSettings } from "@/lib/monitoring/spans/trace-settings";

export const saveTraces = action("admin", traceSettingChanges, ({ input }) => saveTraceSettings(input));
