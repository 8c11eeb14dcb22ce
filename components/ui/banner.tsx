import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/core/class-names";

const bannerStyle = cva("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg px-3 py-2.5 text-sm", {
  variants: {
    tone: {
      neutral: "bg-muted text-foreground",
      success: "bg-success-soft text-foreground [&>svg]:text-success",
      warning: "bg-warning-soft text-foreground [&>svg]:text-warning",
      danger: "bg-destructive-soft text-foreground [&>svg]:text-destructive",
    },
  },
  defaultVariants: { tone: "neutral" },
});

export type BannerProps = VariantProps<typeof bannerStyle> & {
  icon?: LucideIcon;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  /** `alert` is read at once, `status` when there is time; neither unless told. */
  role?: "alert" | "status";
  className?: string;
};

/** A notice in the page: what is so, and what can be done. */
export function Banner({ tone, icon: Icon, title, children, actions, role, className }: BannerProps) {
  return (
    <div role={role} className={cn(bannerStyle({ tone }), className)}>
      {Icon && <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />}
      <div className="min-w-0 flex-1 basis-[min(24rem,100%-1.75rem)]">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="break-words text-muted-foreground">{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
