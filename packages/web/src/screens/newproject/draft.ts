// A project while it is written, as it is typed and kept on the device.

export interface Draft {
    readonly title: string;
    readonly description: string;
    readonly uri: string;
    readonly target: string;
    /** Empty: the target. */
    readonly cap: string;
    readonly admission: "named" | "open";
    readonly parties: readonly { readonly address: string; readonly amount: string }[];
    readonly minimum: string;
    readonly contractor: string;
    /** Empty: none. */
    readonly bond: string;
    /** Others who are paid, each with the same part of every milestone. */
    readonly payees: readonly { readonly address: string; readonly part: string }[];
    readonly milestones: readonly { readonly title: string; readonly share: string; readonly due: string }[];
    readonly deadline: string;
    readonly acceptDays: string;
    readonly reviewDays: string;
    readonly graceDays: string;
    readonly defectsDays: string;
    readonly retention: string;
    readonly consent: string;
    readonly decides: boolean;
    readonly decider: string;
    readonly decideDays: string;
    readonly objection: string;
    readonly silence: string;
}

/** What most projects will want: nothing in it is anybody's default but this app's. */
export const EMPTY: Draft = {
    title: "",
    description: "",
    uri: "",
    target: "",
    cap: "",
    admission: "named",
    parties: [
        { address: "", amount: "" },
        { address: "", amount: "" },
    ],
    minimum: "",
    contractor: "",
    bond: "",
    payees: [],
    milestones: [{ title: "", share: "100", due: "" }],
    deadline: "",
    acceptDays: "14",
    reviewDays: "7",
    graceDays: "14",
    defectsDays: "90",
    retention: "5",
    consent: "60",
    decides: true,
    decider: "",
    decideDays: "21",
    objection: "30",
    silence: "50",
};

/** A draft that was kept: what is not of its shape is left empty, so that an older one can still be opened. */
export function readDraft(text: string | null): Draft {
    try {
        const kept = JSON.parse(text ?? "{}") as Record<string, unknown>;
        const entries = Object.entries(EMPTY).map(([key, usual]) => {
            const value = kept[key];
            return [key, alike(value, usual) ? value : usual];
        });
        return Object.fromEntries(entries) as Draft;
    } catch {
        return EMPTY;
    }
}

/** More rows than any list of terms may have. */
const MOST_ROWS = 200;

function alike(value: unknown, usual: unknown): boolean {
    if (!Array.isArray(usual)) return typeof value === typeof usual;
    const fields =
        usual === EMPTY.milestones
            ? ["title", "share", "due"]
            : usual === EMPTY.payees
              ? ["address", "part"]
              : ["address", "amount"];
    return (
        Array.isArray(value) &&
        value.length <= MOST_ROWS &&
        value.every((row) =>
            fields.every((field) => typeof (row as Record<string, unknown> | null)?.[field] === "string"),
        )
    );
}
