import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { First } from "./screens/first/First.tsx";
import { HomeScreen } from "./screens/home/HomeScreen.tsx";
import { type Names, readNames } from "./screens/settings/model.ts";
import { Sheet } from "./screens/sheet/Sheet.tsx";
import type { Session } from "./session.ts";
import { AppContext, type App as AppFacts, type Theme, useApp } from "./ui/app-context.tsx";
import { reopening } from "./ui/reopening.ts";
import "./ui/base.css";
import "./ui/parts.css";
import "./ui/forms.css";
import { Broken } from "./ui/Broken.tsx";
import "./ui/frame.css";
import { Frame } from "./ui/Frame.tsx";
import { Loading, Title } from "./ui/parts.tsx";
import { useDesk } from "./ui/useDesk.ts";
import { useKept } from "./ui/useKept.ts";
import { useKey } from "./ui/useKey.ts";
import { makeSay } from "./words/say.ts";
import { isLanguage, type Language, languageOf, loadWords, type Words } from "./words/words.ts";

// Home and the first visit come with the page; the other screens when somebody goes there.
const BillScreen = lazy(async () => ({ default: (await import("./screens/bill/BillScreen.tsx")).BillScreen }));
const EnergyScreen = lazy(async () => ({ default: (await import("./screens/energy/EnergyScreen.tsx")).EnergyScreen }));
const GridScreen = lazy(async () => ({ default: (await import("./screens/grid/GridScreen.tsx")).GridScreen }));
const MeterScreen = lazy(async () => ({ default: (await import("./screens/meter/MeterScreen.tsx")).MeterScreen }));
const MoneyScreen = lazy(async () => ({ default: (await import("./screens/money/MoneyScreen.tsx")).MoneyScreen }));
const NeighboursScreen = lazy(async () => ({
    default: (await import("./screens/neighbours/NeighboursScreen.tsx")).NeighboursScreen,
}));
const NewProjectScreen = lazy(async () => ({
    default: (await import("./screens/newproject/NewProjectScreen.tsx")).NewProjectScreen,
}));
const OperatorScreen = lazy(async () => ({
    default: (await import("./screens/operator/OperatorScreen.tsx")).OperatorScreen,
}));
const PledgeScreen = lazy(async () => ({ default: (await import("./screens/pledge/PledgeScreen.tsx")).PledgeScreen }));
const ProjectScreen = lazy(async () => ({
    default: (await import("./screens/project/ProjectScreen.tsx")).ProjectScreen,
}));
const ProjectsScreen = lazy(async () => ({
    default: (await import("./screens/projects/ProjectsScreen.tsx")).ProjectsScreen,
}));
const SettingsScreen = lazy(async () => ({
    default: (await import("./screens/settings/SettingsScreen.tsx")).SettingsScreen,
}));
const StartScreen = lazy(async () => ({ default: (await import("./screens/start/StartScreen.tsx")).StartScreen }));
const StreetScreen = lazy(async () => ({ default: (await import("./screens/street/StreetScreen.tsx")).StreetScreen }));
const Statement = lazy(async () => ({ default: (await import("./screens/money/Statement.tsx")).Statement }));

/** How often nodes are looked after, ms. */
const HEALTH = 15_000;

/** One grid, shown. Places stand behind the `#`, so that the bundle works from any folder and in Keplr's browser. */
export function App({
    session,
    setExample,
    reopen,
}: {
    session: Session;
    setExample: (on: boolean) => void;
    reopen: () => void;
}) {
    const { source } = session;
    const client = useQueryClient();
    const { grid } = source;
    const chain = grid.chain.id;
    const places = useMemo(() => reopening(session.places, reopen), [session, reopen]);
    const [language, setLanguage] = useKept<Language>("language", (text) =>
        isLanguage(text) ? text : languageOf(navigator.languages, grid.languages),
    );
    const [theme, setTheme] = useKept<Theme>("theme", (text) =>
        text === "light" || text === "dark" ? text : "system",
    );
    const place = source.example ? `example.${chain}` : chain;
    const [home, setHome] = useKept<number | null>(`home.${place}`, (text) =>
        text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null,
    );
    const [names, setNames] = useKept<Names>(`names.${place}`, readNames, JSON.stringify);
    const words = useWords(language);
    useEffect(() => {
        document.documentElement.dataset["theme"] = theme;
    }, [theme]);
    const key = useKey(session);
    const desk = useDesk(session, key);
    const id = [chain, grid.contracts.settlement, source.example ? 1 : 0];
    const health = useQuery({
        queryKey: [...id, "health"],
        queryFn: () => source.health(),
        refetchInterval: HEALTH,
        retry: false,
    });
    const codes = useQuery({
        queryKey: [...id, "codes"],
        queryFn: () => source.codes(),
        retry: false,
        staleTime: 600_000,
    });
    const rules = useQuery({
        queryKey: [...id, "rules"],
        queryFn: () => source.rules(),
        retry: false,
        staleTime: 600_000,
    });
    const intervalLength = rules.data?.intervalLength ?? 900;
    const say = useMemo(() => {
        if (words === null) return null;
        const { fee } = grid.chain;
        const feeCoin = { symbol: fee.symbol, currency: null, decimals: fee.decimals };
        return makeSay(words, { asset: grid.asset, feeCoin, zone: grid.time_zone, intervalLength });
    }, [words, grid, intervalLength]);
    // Made-up data have a time of their own.
    if (say === null || (source.example && health.data === undefined)) return null;
    const used = health.data?.nodes.find((node) => node.name === health.data.used);
    const app: AppFacts = {
        source,
        say,
        now: used?.blockTime ?? Math.floor(Date.now() / 1000),
        health: health.data ?? null,
        codes: codes.data ?? null,
        home,
        setHome,
        names,
        setNames,
        language,
        setLanguage,
        theme,
        setTheme,
        setExample,
        askNode:
            session.askNode === null
                ? null
                : (rpc) => {
                      session.askNode?.(rpc);
                      void client.invalidateQueries();
                  },
        places,
        key,
        desk,
    };
    return (
        <AppContext value={app}>
            <Broken say={say}>
                <Router hook={useHashLocation}>
                    <Frame>
                        <Screens />
                    </Frame>
                    <Sheet />
                </Router>
            </Broken>
        </AppContext>
    );
}

/** Each place has a boundary of its own: what breaks on one screen is gone with it. */
function Screens() {
    const { say } = useApp();
    const [at] = useLocation();
    return (
        <Broken key={screenOf(at)} say={say}>
            <Suspense fallback={<Loading />}>
                <Places />
            </Suspense>
        </Broken>
    );
}

function Places() {
    const { home, say } = useApp();
    const [at] = useLocation();
    return (
        <Switch key={screenOf(at)}>
            <Route path="/">{home === null ? <First /> : <HomeScreen slot={home} />}</Route>
            <Route path="/start" component={StartScreen} />
            <Route path="/energy/:day?">{({ day }) => <EnergyScreen day={day} />}</Route>
            <Route path="/money" component={MoneyScreen} />
            <Route path="/money/:month">{({ month }) => <Statement month={month} />}</Route>
            <Route path="/bill/:interval">
                {({ interval }) =>
                    /^\d{1,15}$/.test(interval) ? <BillScreen interval={Number(interval)} /> : <Redirect to="/money" />
                }
            </Route>
            <Route path="/projects" component={ProjectsScreen} />
            <Route path="/projects/new" component={NewProjectScreen} />
            <Route path="/projects/:number">
                {({ number }) =>
                    isNumber(number) ? <ProjectScreen number={Number(number)} /> : <Redirect to="/projects" />
                }
            </Route>
            <Route path="/projects/:number/:mode">
                {({ number, mode }) =>
                    isNumber(number) && (mode === "pledge" || mode === "raise" || mode === "weaken") ? (
                        <PledgeScreen key={mode} number={Number(number)} mode={mode} />
                    ) : (
                        <Redirect to="/projects" />
                    )
                }
            </Route>
            <Route path="/grid" component={GridScreen} />
            <Route path="/street" component={StreetScreen} />
            <Route path="/neighbours/:names?">{({ names }) => <NeighboursScreen key={names} handed={names} />}</Route>
            <Route path="/meter" component={MeterScreen} />
            <Route path="/operator" component={OperatorScreen} />
            <Route path="/settings" component={SettingsScreen} />
            <Route>
                <Title>{say.t("app.not_found")}</Title>
                <a className="link" href="#/">
                    {say.t("app.to_home")}
                </a>
            </Route>
        </Switch>
    );
}

const isNumber = (text: string): boolean => /^\d{1,15}$/.test(text);

/** The screen of a place: within one, such as from a day to the next, the focus stays where it is. */
function screenOf(place: string): string {
    return place.split("/")[1] ?? "";
}

/** Sentences of a language, once they are there; the page's own language follows. */
function useWords(language: Language): Words | null {
    const [words, setWords] = useState<Words | null>(null);
    useEffect(() => {
        let wanted = true;
        void loadWords(language, navigator.languages).then((loaded) => {
            if (!wanted) return;
            document.documentElement.lang = loaded.language;
            setWords(loaded);
        });
        return () => {
            wanted = false;
        };
    }, [language]);
    return words;
}
