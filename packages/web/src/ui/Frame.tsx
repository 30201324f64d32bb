// What stands around every screen: the grid's name, what must be said everywhere, the places.

import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { homeName } from "../screens/settings/model.ts";
import { alerts } from "./alerts.ts";
import { useApp } from "./app-context.tsx";
import { keptAt as newestKept } from "./kept.ts";

const PLACES = [
    ["/", "app.home"],
    ["/energy", "app.energy"],
    ["/money", "app.money"],
    ["/projects", "app.projects"],
    ["/grid", "app.grid"],
] as const;

export function Frame({ children }: { children: ReactNode }) {
    const { say, source, home, names, health, codes, now, setExample } = useApp();
    const [place] = useLocation();
    const keptAt = source.example ? null : newestKept();
    const places = PLACES.filter(
        ([path]) => path !== "/projects" || source.grid.contracts.escrow !== null || source.example,
    );
    const all = alerts(say, health, codes, keptAt === null ? null : keptAt / 1000);
    return (
        <div className="frame">
            <button type="button" className="skip button" onClick={skip}>
                {say.t("app.skip")}
            </button>
            <header className="head">
                <a className="name" href="#/">
                    <span>
                        {source.grid.name}
                        {home === null ? null : (
                            <>
                                {" · "}
                                <span>{homeName(say, names, home)}</span>
                            </>
                        )}
                    </span>
                </a>
                <a className="link" href="#/settings" aria-current={place === "/settings" ? "page" : undefined}>
                    {say.t("app.settings")}
                </a>
            </header>
            {source.example ? (
                <aside className="example" aria-label={say.t("settings.example")}>
                    <p>{say.t("app.example")}</p>
                    <button type="button" className="link" onClick={() => setExample(false)}>
                        {say.t("app.leave_example")}
                    </button>
                </aside>
            ) : null}
            {all.length === 0 ? null : (
                <aside className="alerts" aria-label={say.t("app.alerts")}>
                    {all.map((alert) => (
                        <div
                            key={alert.id}
                            className={`notice ${alert.level}`}
                            role={alert.level === "danger" ? "alert" : undefined}
                        >
                            <p>{alert.text}</p>
                            {alert.action === null || alert.href === null ? null : (
                                <a className="link" href={`#${alert.href}`}>
                                    {alert.action}
                                </a>
                            )}
                        </div>
                    ))}
                </aside>
            )}
            <main className="main" id="main" tabIndex={-1}>
                {children}
                {health?.used == null ? null : (
                    <p className="muted no-print">
                        {say.t("app.as_node_says", { node: health.used, when: say.deadline(now) })}
                    </p>
                )}
            </main>
            <nav className="places" aria-label={say.t("app.places")}>
                <ul>
                    {places.map(([path, key]) => (
                        <li key={path}>
                            <a href={`#${path}`} aria-current={isAt(place, path) ? "page" : undefined}>
                                {say.t(key)}
                            </a>
                        </li>
                    ))}
                </ul>
            </nav>
        </div>
    );
}

/** Bills belong to money, the start page to home. */
function isAt(place: string, path: string): boolean {
    if (path === "/") return place === "/" || place === "/start";
    if (path === "/projects") return place.startsWith("/projects") || place.startsWith("/neighbours");
    if (path === "/money") return place.startsWith("/money") || place.startsWith("/bill");
    return place.startsWith(path);
}

/** The address behind `#` is the place, so the jump is made by hand. */
function skip(): void {
    document.getElementById("main")?.focus();
}
