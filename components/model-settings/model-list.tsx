"use client";

import Link from "next/link";
import { useState } from "react";
import { searchModels } from "@/components/models/model-facts";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { ModelListRow } from "./model-list-row";
import type { ModelActions, ModelRow, Pulling } from "./model-types";
import { PullDialog } from "./pull-dialog";
import { PullList } from "./pull-list";
import { usePulls } from "./use-pulls";

/** Shown at first: a hosted service may list hundreds of models. */
const pageSize = 30;

/** Every model of every host: what it is, what is set for it, and what can be done with it. */
export function ModelList({ rows, pulling, actions }: { rows: ModelRow[]; pulling: Pulling; actions: ModelActions }) {
  const [query, setQuery] = useState("");
  const [most, setMost] = useState(pageSize);
  const { pulls, look } = usePulls(pulling.initial);
  const found = new Set(
    searchModels(
      rows.map(({ model }) => model),
      query,
    ),
  );
  const matching = rows.filter(({ model }) => found.has(model));
  const ids = rows.map(({ model }) => model.id);
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <CardTitle>All models</CardTitle>
          <CardDescription>What each one can do, what it costs, who may use it, and which one answers when it cannot.</CardDescription>
        </div>
        {pulling.targets.length > 0 && <PullDialog pulling={pulling} pull={actions.pullModel} onPulling={look} />}
      </div>
      <PullList pulls={pulls} stop={actions.stopPull} onChange={look} />
      {rows.length === 0 ? (
        <p className="text-sm text-muted-foreground">
          No host has told of a model yet.{" "}
          <Link href="/settings/hosts" className="text-link hover:underline">
            Add a host
          </Link>
        </p>
      ) : (
        <Input
          type="search"
          aria-label="Search models"
          placeholder="Search models"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      )}
      {rows.length > 0 && matching.length === 0 && <p className="text-sm text-muted-foreground">No model matches these words.</p>}
      <ul aria-label="Models" className="flex flex-col divide-y divide-border">
        {matching.slice(0, most).map((row) => (
          <ModelListRow key={row.model.id} row={row} others={ids} actions={actions} />
        ))}
      </ul>
      {matching.length > most && (
        <Button className="self-start" onClick={() => setMost(most + pageSize)}>
          Show more ({matching.length - most})
        </Button>
      )}
    </Card>
  );
}
