import type { Metadata } from "next";
import { ThemePicker } from "@/components/settings/theme-picker";
import { pageCaller } from "@/lib/auth/page-caller";

export const metadata: Metadata = { title: "Appearance" };

/** How Hearth looks on this device. */
export default async function AppearancePage() {
  await pageCaller();
  return <ThemePicker />;
}
