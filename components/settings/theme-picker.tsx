"use client";

import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useIsHydrated } from "@/components/models/use-is-hydrated";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";

const themes: { value: string; name: string; icon: LucideIcon }[] = [
  { value: "light", name: "Light", icon: Sun },
  { value: "dark", name: "Dark", icon: Moon },
  { value: "system", name: "System", icon: Monitor },
];

/** Light, dark, or what the system has; kept on this device. */
export function ThemePicker() {
  const { theme, setTheme } = useTheme();
  const isHydrated = useIsHydrated();
  return (
    <Card>
      <div>
        <CardTitle>Appearance</CardTitle>
        <CardDescription>Kept on this device.</CardDescription>
      </div>
      <fieldset className="grid gap-2 sm:grid-cols-3">
        <legend className="sr-only">Theme</legend>
        {themes.map(({ value, name, icon: Icon }) => (
          <label
            key={value}
            className="pressable flex cursor-pointer items-center gap-2.5 rounded-md border border-border px-3 py-2.5 text-sm has-checked:border-ring has-checked:bg-primary-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring hover:bg-hover"
          >
            <input
              type="radio"
              name="theme"
              value={value}
              checked={isHydrated && theme === value}
              onChange={() => setTheme(value)}
              className="sr-only"
            />
            <Icon aria-hidden className="size-4 text-muted-foreground" />
            {name}
          </label>
        ))}
      </fieldset>
    </Card>
  );
}
