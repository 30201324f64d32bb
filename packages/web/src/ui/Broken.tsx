// Where a screen breaks, the rest stays: what was wrong is said, and the places lead elsewhere.

import { Component, type ReactNode } from "react";
import { plain } from "../trust/plain.ts";
import type { Say } from "../words/say.ts";

interface Props {
    readonly say: Say;
    readonly children: ReactNode;
}

export class Broken extends Component<Props, { readonly error: unknown }> {
    override state = { error: null };

    static getDerivedStateFromError(error: unknown): { error: unknown } {
        return { error };
    }

    override render(): ReactNode {
        const { error } = this.state;
        const { say, children } = this.props;
        if (error === null) return children;
        return (
            <div className="notice danger stack" role="alert">
                <p>{say.t("app.broken")}</p>
                <p>
                    <code>{plain(String(error))}</code>
                </p>
                <button type="button" className="button" onClick={() => this.setState({ error: null })}>
                    {say.t("app.retry")}
                </button>
            </div>
        );
    }
}
