import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";

export const buttonStyle = cva(
  "pressable inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none disabled:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      size: { sm: "h-7 px-2.5 text-xs", md: "h-8 px-3 text-sm", lg: "h-10 px-4 text-base" },
      variant: {
        primary:
          "disabled:bg-selected disabled:text-muted-foreground bg-primary text-primary-foreground hover:bg-primary-hover active:bg-primary-hover",
        secondary: "disabled:opacity-50 border border-border bg-background text-foreground hover:bg-hover active:bg-selected",
        ghost: "disabled:opacity-50 text-foreground hover:bg-hover active:bg-selected data-[state=open]:bg-hover",
        quiet:
          "disabled:opacity-50 text-muted-foreground hover:bg-hover hover:text-foreground active:bg-selected data-[state=open]:bg-hover data-[state=open]:text-foreground",
        destructive:
          "disabled:opacity-50 bg-destructive text-destructive-foreground hover:bg-destructive-hover active:bg-destructive-hover",
        link: "h-auto px-0 text-link underline-offset-4 hover:underline",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { asChild?: boolean };

/** A button; with `asChild` its child (a link, say) takes the looks. `variant` secondary and `size` md unless told. */
export function Button({ className, variant, size, asChild = false, type = "button", ...props }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return <Element type={asChild ? undefined : type} className={cn(buttonStyle({ variant, size }), className)} {...props} />;
}
