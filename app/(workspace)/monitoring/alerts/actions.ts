"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { acknowledgeAlert } from "@/lib/monitoring/alerts/acknowledge-alert";
import { addAlertChannel } from "@/lib/monitoring/alerts/add-alert-channel";
import { alertChannelInput, alertRuleInput, alertSilenceInput } from "@/lib/monitoring/alerts/contract";
import { removeAlertChannel } from "@/lib/monitoring/alerts/remove-alert-channel";
import { removeAlertRule } from "@/lib/monitoring/alerts/remove-alert-rule";
import { saveAlertRule } from "@/lib/monitoring/alerts/save-alert-rule";
import { endSilence, silenceAlerts } from "@/lib/monitoring/alerts/silence-alerts";
import { testAlertChannel } from "@/lib/monitoring/alerts/test-alert-channel";

const byId = z.object({ id: z.uuid() });

export const saveRule = action("admin", alertRuleInput, ({ input }) => saveAlertRule(input));

export const dropRule = action("admin", byId, ({ input }) => removeAlertRule(input));

export const acknowledge = action("admin", byId, ({ caller, input }) => acknowledgeAlert(caller, input));

export const silence = action("admin", alertSilenceInput, ({ caller, input }) => silenceAlerts(caller, input));

export const dropSilence = action("admin", byId, ({ input }) => endSilence(input));

export const addChannel = action("admin", alertChannelInput, ({ input }) => addAlertChannel(input));

export const dropChannel = action("admin", byId, ({ input }) => removeAlertChannel(input));

export const testChannel = action("admin", byId, ({ input }) => testAlertChannel(input));
