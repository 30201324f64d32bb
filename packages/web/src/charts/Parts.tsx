// One bar that stands for a whole, and what its parts are: where energy came from, or where it went.

import { useId } from "react";
import type { Part } from "../screens/energy/model.ts";
import "./chart.css";
import { Decals, fill } from "./Decals.tsx";

export function Parts({ title, parts }: { title: string; parts: readonly Part[] }) {
    const prefix = useId();
    let from = 0;
    return (
        <div className="parts">
            <h3>{title}</h3>
            <svg className="bar" aria-hidden="true">
                <Decals prefix={prefix} />
                {parts.map((part) => {
                    const x = from;
                    from += part.width;
                    return (
                        <rect
                            key={part.id}
                            x={`${x / 100}%`}
                            width={`${part.width / 100}%`}
                            height="100%"
                            fill={fill(prefix, part.id)}
                        />
                    );
                })}
            </svg>
            <ul className="stack">
                {parts.map((part) => (
                    <li key={part.id} className="row">
                        <svg viewBox="0 0 20 20" aria-hidden="true">
                            <rect width="20" height="20" rx="3" fill={fill(prefix, part.id)} />
                        </svg>
                        <span className="grow">{part.name}</span>
                        <strong>{part.energy}</strong>
                    </li>
                ))}
            </ul>
        </div>
    );
}

/** A part of 1 as a bar; the words beside it tell the same. */
export function Meter({ share }: { share: number }) {
    return (
        <svg className="meter" aria-hidden="true">
            <rect className="track" width="100%" height="100%" rx="4" />
            <rect
                className="ink-neighbours"
                strokeWidth="0"
                width={`${Math.max(0, Math.min(1, share)) * 100}%`}
                height="100%"
                rx="4"
            />
        </svg>
    );
}
