import { Plus } from "lucide-react";
import { Button, type ButtonProps } from "@/components/ui/button";

/** The button over a list that adds to it. */
export function AddButton({ children, ...props }: ButtonProps) {
  return (
    <Button {...props}>
      <Plus aria-hidden />
      {children}
    </Button>
  );
}
