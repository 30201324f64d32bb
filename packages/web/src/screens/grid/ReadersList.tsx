import type { Readers } from "../../data/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { readerLines } from "./readers.ts";

/** Who reads which meter, of a committee of several. */
export function ReadersList({ readers }: { readers: Readers | null }) {
    const { say } = useApp();
    const of = readers === null ? null : readerLines(say, readers);
    return (
        <section className="stack" aria-label={say.t("readers.title")}>
            <h3>{say.t("readers.title")}</h3>
            {of === null ? (
                <p className="notice warning">{say.t("readers.unknown")}</p>
            ) : (
                <>
                    <p className="muted">{say.t("readers.lead")}</p>
                    {of.lines.map(({ sentence, doubtful }) => (
                        <p key={sentence} className={doubtful ? "notice warning" : undefined}>
                            {sentence}
                        </p>
                    ))}
                    {of.more === null ? null : <p className="muted">{of.more}</p>}
                </>
            )}
        </section>
    );
}
