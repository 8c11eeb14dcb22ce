"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { api } from "@/components/api/api";
import { outcomeOf } from "@/components/api/outcome";
import { useDialogSubmit } from "@/components/settings/use-dialog-submit";
import { useSubmit } from "@/components/settings/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { checkNewUpstream } from "@/lib/gateway/hosts/contract";
import { HostFields } from "./host-fields";
import { describeTest, type HostActions, type HostKind, type HostTest, type NewHost } from "./host-types";

/** The button and the form that add a model host; it can be tested before it is kept. */
export function AddHost({ add }: { add: HostActions["addHost"] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button>
          <Plus aria-hidden />
          Add host
        </Button>
      </DialogTrigger>
      <DialogContent title="Add a model host" description="Its models appear in the picker as soon as it answers.">
        <HostForm add={add} onAdded={() => setIsOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function HostForm({ add, onAdded }: { add: HostActions["addHost"]; onAdded: () => void }) {
  const adding = useDialogSubmit(add);
  const [found, setFound] = useState<HostTest | null>(null);
  const testing = useSubmit(async (host: Omit<NewHost, "name">) => {
    const result = await outcomeOf(api<typeof checkNewUpstream>("POST", "/api/v1/upstreams/check", { body: host }));
    setFound(result.ok ? result.value : null);
    return result;
  });
  const problem = adding.problem ?? testing.problem;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const host = readHost(event.currentTarget);
    const isTest = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value") === "test";
    if (isTest) {
      adding.forget();
      await testing.submit({ kind: host.kind, baseUrl: host.baseUrl, apiKey: host.apiKey });
    } else if (await adding.submit(host)) {
      toast.success(`${host.name} is added.`);
      onAdded();
    }
  };
  const isBusy = adding.isBusy || testing.isBusy;
  return (
    <form ref={adding.formRef} method="post" className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
      <HostFields faults={problem?.fields ?? {}} />
      {problem && Object.keys(problem.fields).length === 0 && (
        <Banner tone="danger" role="alert">
          {problem.detail}
        </Banner>
      )}
      {!problem && found && (
        <Banner tone={found.ok ? "success" : "warning"} role="status">
          {describeTest(found)}
        </Banner>
      )}
      <DialogActions>
        <Button type="submit" name="do" value="test" formNoValidate disabled={isBusy}>
          {testing.isBusy ? "Testing…" : "Test"}
        </Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          Add host
        </Button>
      </DialogActions>
    </form>
  );
}

function readHost(element: HTMLFormElement): NewHost {
  const form = new FormData(element);
  const text = (name: string) => String(form.get(name) ?? "").trim() || undefined;
  return { name: text("name") ?? "", kind: text("kind") as HostKind, baseUrl: text("baseUrl"), apiKey: text("apiKey") };
}
