import type { Json } from "../../chain/json.ts";
import type { ExecuteMsg as SettlementMsg } from "../../types/energy-settlement.ts";
import type { ExecuteMsg as RegistryMsg } from "../../types/meter-registry.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";

/** Calls of the grid's own contracts, onto the sheet; null where nothing can be sent now, with the reason. */
export function useCall() {
    const { say, desk, source, health, codes, key } = useApp();
    const off = moneyOff(say, { example: source.example, health, codes });
    const registry = (message: RegistryMsg): void =>
        desk.begin({ kind: "call", contract: "registry", message: message as unknown as Json, amount: null });
    const settlement = (message: SettlementMsg): void =>
        desk.begin({ kind: "call", contract: "settlement", message: message as unknown as Json, amount: null });
    return { off: off ?? (key.account === null ? say.t("operator.connect") : null), registry, settlement };
}
