import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The rules whose answer can differ between light and dark: nothing but colours does. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

/**
 * The page as it stands has no serious or critical violation, in light and in dark.
 * Axe describes only what it finds wrong, and in the page itself: no page here has frames.
 */
export async function isAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    const runOnly = colorScheme === "dark" ? { runOnly: { type: "rule" as const, values: rulesOfColour } } : {};
    const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"], ...runOnly }).setLegacyMode();
    const { violations } = await axe.analyze();
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const found = grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}
