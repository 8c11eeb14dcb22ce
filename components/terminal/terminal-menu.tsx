import { Settings2 } from "lucide-react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { fontSizesPx, type TerminalTheme, terminalThemes } from "./terminal-preferences";

type Look = { fontSizePx: number; theme: TerminalTheme; screenReader: boolean };

const themeNames = { page: "As the page", light: "Light", dark: "Dark" };

type Props = { look: Look; onChange: (changed: Partial<Look>) => void /** Each with what it does. */; keys?: string[][] };

const shellKeys = [
  ["New terminal", "Ctrl+Shift+`"],
  ["Split", "Ctrl+Shift+5"],
  ["Search", "Ctrl+Shift+F"],
  ["Copy, paste", "Ctrl+Shift+C, V"],
  ["Next terminal", "Alt+Page Down"],
  ["Out of the terminal", "Ctrl+Shift+."],
];

/** How terminals look in this browser, and the keys that work in them. */
export function TerminalMenu({ look, onChange, keys = shellKeys }: Props) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label="Terminal settings">
          <Settings2 aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-64">
        <DropdownMenuLabel>Font size</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          aria-label="Font size"
          value={String(look.fontSizePx)}
          onValueChange={(value) => onChange({ fontSizePx: Number(value) })}
        >
          {fontSizesPx.map((size) => (
            <DropdownMenuRadioItem key={size} value={String(size)}>
              {size} px
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          aria-label="Theme"
          value={look.theme}
          onValueChange={(value) => onChange({ theme: value as TerminalTheme })}
        >
          {terminalThemes.map((theme) => (
            <DropdownMenuRadioItem key={theme} value={theme}>
              {themeNames[theme]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => onChange({ screenReader: !look.screenReader })}>
          {look.screenReader ? "Turn screen reader support off" : "Turn screen reader support on"}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Keys</DropdownMenuLabel>
        <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 px-2 pb-1.5 text-xs text-muted-foreground">
          {keys.map(([what, key]) => (
            <div key={what} className="contents">
              <dt>{what}</dt>
              <dd className="text-foreground">{key}</dd>
            </div>
          ))}
        </dl>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
