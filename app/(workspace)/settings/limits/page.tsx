import type { Metadata } from "next";
import { BudgetList } from "@/components/limits/budget-list";
import { CallLimits } from "@/components/limits/call-limits";
import { ChatLimit } from "@/components/limits/chat-limit";
import { GroupList } from "@/components/limits/group-list";
import { LimitList } from "@/components/limits/limit-list";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { gatewaySettingSources, gatewaySettings, sourcedSettings } from "@/lib/gateway/gateway-settings";
import { callLimits } from "@/lib/gateway/limits/contract";
import { listBudgets } from "@/lib/gateway/limits/list-budgets";
import { listGroups } from "@/lib/gateway/limits/list-groups";
import { listLimits } from "@/lib/gateway/limits/list-limits";
import { subjectChoices } from "@/lib/gateway/limits/subject-choices";
import { addGroup, dropBudget, dropGroup, dropLimit, saveBudget, saveCallLimits, saveChatLimit, saveGroup, saveLimit } from "./actions";

export const metadata: Metadata = { title: "Limits and budgets" };

/** How much may be asked and spent, by everyone and by each. */
export default async function LimitsPage() {
  await adminPageCaller();
  const [limits, budgets, groups, choices] = await Promise.all([listLimits(), listBudgets(), listGroups(), subjectChoices()]);
  return (
    <>
      <ChatLimit perMinute={gatewaySettings().chatPerMinute} source={gatewaySettingSources().chatPerMinute} save={saveChatLimit} />
      <LimitList limits={limits} choices={choices} save={saveLimit} drop={dropLimit} />
      <BudgetList budgets={budgets} choices={choices} save={saveBudget} drop={dropBudget} />
      <GroupList groups={groups} people={choices.people} add={addGroup} save={saveGroup} drop={dropGroup} />
      <CallLimits limits={sourcedSettings(callLimits.keyof().options)} save={saveCallLimits} />
    </>
  );
}
