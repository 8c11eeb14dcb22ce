"use client";

import { Component, type ReactNode } from "react";
import { ErrorNotice } from "./error-notice";

type Props = { what: string; reference?: string; children: ReactNode; compact?: boolean };
type State = { error: Error | null };

/** Keeps a fault in one area from taking the others with it. `what` names the area, as in "this message"; `reference` an id to name when asking about it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { what, reference, compact, children } = this.props;
    if (!this.state.error) return children;
    return (
      <ErrorNotice
        what={what}
        reference={reference}
        error={this.state.error}
        compact={compact}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
