import { useCallback, useEffect, useState } from "react";
import type { Session } from "../session.ts";
import { type WalletAccount, WalletError, type WalletTrouble } from "../wallet/wallet.ts";
import type { Key } from "./app-context.tsx";
import { keep, kept } from "./device.ts";

/** Who is connected. Where somebody was at the last visit, Keplr is asked again, which it grants without a word. */
export function useKey({ wallet, source }: Session): Key {
    const [account, setAccount] = useState<WalletAccount | null>(null);
    const [trouble, setTrouble] = useState<WalletTrouble | null>(null);
    const [busy, setBusy] = useState(false);
    const name = `connected.${source.grid.chain.id}`;

    const connect = useCallback(async (): Promise<void> => {
        setBusy(true);
        setTrouble(null);
        try {
            setAccount(await wallet.connect());
            keep(name, "yes");
        } catch (error) {
            setAccount(null);
            setTrouble(error instanceof WalletError ? error.trouble : { kind: "failed", detail: String(error) });
        } finally {
            setBusy(false);
        }
    }, [wallet, name]);

    useEffect(() => {
        const again = (): void => {
            if (wallet.installed() && kept(name) === "yes") void connect();
        };
        again();
        return wallet.onChange(again);
    }, [wallet, name, connect]);

    const disconnect = useCallback((): void => {
        keep(name, null);
        setAccount(null);
        setTrouble(null);
    }, [name]);

    return { installed: wallet.installed(), account, trouble, busy, connect, disconnect };
}
