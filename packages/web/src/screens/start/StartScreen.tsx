import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Problem, Title } from "../../ui/parts.tsx";
import { isPhone, KEPLR_DOWNLOAD, openInKeplr } from "../../wallet/links.ts";
import { short, walletTrouble } from "../../words/troubles.ts";
import { homeName } from "../settings/model.ts";
import { feeSentence } from "./model.ts";

/** Key, chain, fees: three steps, each of which can be left for later. */
export function StartScreen() {
    const { say, source, key } = useApp();
    const { chain, name } = source.grid;
    return (
        <>
            <Title>{say.t("start.title")}</Title>
            <p>{say.t("start.lead")}</p>
            <Card title={say.t("start.key")}>
                <p>{say.t("start.key_text")}</p>
                <Connect />
            </Card>
            <Card title={say.t("start.chain")}>
                <p>{say.t("start.chain_text")}</p>
                <p className="muted">{say.t("start.chain_name", { name, id: chain.id })}</p>
            </Card>
            <Card title={say.t("start.fees")}>
                <p>{say.t("start.fees_text")}</p>
                {key.account === null ? (
                    <p className="muted">{say.t("start.fees_later")}</p>
                ) : (
                    <Fees address={key.account.address} />
                )}
            </Card>
            {key.account === null ? null : <Homes address={key.account.address} />}
            <Card title={say.t("start.who")}>
                <ul className="stack">
                    <li>{say.t("start.who_public")}</li>
                    <li>{say.t("start.who_money")}</li>
                    <li>{say.t("start.who_names")}</li>
                </ul>
            </Card>
        </>
    );
}

function Connect() {
    const { say, key, source } = useApp();
    if (source.example) return <p className="notice">{say.t("money.off_example")}</p>;
    if (key.account !== null)
        return (
            <p className="notice good" role="status">
                {say.t("start.connected", { name: key.account.name, account: short(key.account.address) })}
            </p>
        );
    return (
        <div className="stack">
            {key.trouble === null ? null : (
                <p className="notice warning" role="alert">
                    {walletTrouble(say, key.trouble)}
                </p>
            )}
            {key.installed ? (
                <button type="button" className="button main" disabled={key.busy} onClick={() => void key.connect()}>
                    {say.t("start.connect")}
                </button>
            ) : (
                <>
                    {key.trouble === null ? <p>{say.t("start.absent")}</p> : null}
                    <div className="row">
                        {isPhone(navigator.userAgent, navigator.maxTouchPoints) ? (
                            <a className="button main" href={openInKeplr(window.location.href)}>
                                {say.t("start.open_keplr")}
                            </a>
                        ) : null}
                        <a className="button" href={KEPLR_DOWNLOAD} target="_blank" rel="noopener noreferrer">
                            {say.t("start.get_keplr")}
                        </a>
                    </div>
                </>
            )}
        </div>
    );
}

function Fees({ address }: { address: string }) {
    const { say, now } = useApp();
    const account = useAsk(["chainAccount", address], (source) => source.chainAccount(address));
    if (account.error != null) return <Problem error={account.error} retry={account.retry} />;
    return <p role="status">{account.data === undefined ? null : feeSentence(say, account.data, now)}</p>;
}

function Homes({ address }: { address: string }) {
    const { say, home, setHome, names } = useApp();
    const homes = useAsk(["homesOf", address], (source) => source.homesOf(address));
    const proposals = useAsk(["proposalsOf", address], (source) => source.proposalsOf(address));
    if (homes.error != null) return <Problem error={homes.error} retry={homes.retry} />;
    const waiting = proposals.data?.length ?? 0;
    return (
        <Card title={say.t("start.home")}>
            {homes.data?.length === 0 ? <p>{say.t("start.homes_none")}</p> : null}
            {waiting === 0 ? null : <p>{say.t("start.waiting", { count: waiting })}</p>}
            <div className="row">
                {homes.data?.map(({ slot }) => (
                    <button
                        key={slot}
                        type="button"
                        className="button"
                        aria-pressed={slot === home}
                        onClick={() => setHome(slot)}
                    >
                        {names[slot] === undefined
                            ? say.t("start.use_home", { number: slot })
                            : homeName(say, names, slot)}
                    </button>
                ))}
                <a className="link" href="#/meter">
                    {say.t("start.meter")}
                </a>
            </div>
        </Card>
    );
}
