// What is within it can say everything. Shown once the words are there.

import { type ReactNode, use, useMemo } from "react";
import { moreMessages, withMore } from "../words/more.ts";
import { AppContext, useApp } from "./app-context.tsx";

export function More({ children }: { children: ReactNode }) {
    const app = useApp();
    const messages = use(moreMessages(app.say.language));
    const value = useMemo(() => ({ ...app, say: withMore(app.say, messages) }), [app, messages]);
    return <AppContext value={value}>{children}</AppContext>;
}
