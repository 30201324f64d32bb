import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Session } from "../session.ts";
import type { Desk, Key } from "./app-context.tsx";

const NOBODY = (): (() => void) => () => undefined;
const NOTHING = (): null => null;

/** What is being signed; goes on after a reload, and closed or not. */
export function useDesk({ sender }: Session, key: Key): Desk {
    const state = useSyncExternalStore(sender?.subscribe ?? NOBODY, sender?.snapshot ?? NOTHING);
    const [hidden, setHidden] = useState(false);
    const client = useQueryClient();
    const step = state?.step;
    useEffect(() => sender?.resume(), [sender]);
    useEffect(() => {
        // What changed is asked for anew, and shown even if the sheet was closed meanwhile.
        if (step === "done" || step === "refused" || step === "not_happened") {
            void client.invalidateQueries();
            setHidden(false);
        }
    }, [step, client]);
    const { account } = key;
    return {
        state,
        hidden,
        begin: (action) => {
            setHidden(false);
            sender?.begin(action);
        },
        price: () => {
            if (account === null) void key.connect();
            else void sender?.price(account);
        },
        sign: () => {
            if (account !== null) void sender?.sign(account);
        },
        cancel: () => sender?.cancel(),
        retry: () => sender?.retry(),
        lookAgain: () => sender?.lookAgain(),
        forget: () => sender?.forget(),
        close: () => {
            if (step === "wallet") sender?.cancel();
            sender?.close();
            setHidden(true);
        },
    };
}
