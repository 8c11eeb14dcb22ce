"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/core/class-names";
import { Button } from "./button";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;

export const overlayStyle = "fixed inset-0 z-50 animate-fade-in bg-overlay";
export const dialogStyle =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-fade-in flex-col gap-4 overflow-y-auto rounded-lg border border-border bg-popover p-5 shadow-floating outline-none";

type Props = Omit<ComponentProps<typeof Primitive.Content>, "title"> & { title: ReactNode; description?: ReactNode };

/** A modal window with its title, an optional description and a close button. */
export function DialogContent({ title, description, className, children, ...props }: Props) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayStyle} />
      <Primitive.Content className={cn(dialogStyle, className)} {...(description ? {} : { "aria-describedby": undefined })} {...props}>
        <div className="flex flex-col gap-1 pr-8">
          <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
          {description && <Primitive.Description className="text-sm text-muted-foreground">{description}</Primitive.Description>}
        </div>
        {children}
        <Primitive.Close asChild>
          <Button variant="quiet" aria-label="Close" className="absolute top-4 right-4 size-8 px-0">
            <X aria-hidden />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("flex flex-wrap justify-end gap-2", className)} {...props} />;
}
