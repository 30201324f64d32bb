import { type RefObject, useEffect, useRef, useState } from "react";

/** How wide an element is, px; a small phone's until it is known. */
export function useWidth(): [RefObject<HTMLElement | null>, number] {
    const box = useRef<HTMLElement>(null);
    const [width, setWidth] = useState(296);
    useEffect(() => {
        const element = box.current;
        if (element === null) return;
        const observer = new ResizeObserver(([entry]) => {
            if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
        });
        observer.observe(element);
        return () => observer.disconnect();
    }, []);
    return [box, width];
}

/** Whether the screen is at least so wide, px. */
export function useWide(pixels: number): boolean {
    const query = `(min-width: ${pixels}px)`;
    const [wide, setWide] = useState(() => window.matchMedia(query).matches);
    useEffect(() => {
        const media = window.matchMedia(query);
        const changed = (): void => setWide(media.matches);
        media.addEventListener("change", changed);
        return () => media.removeEventListener("change", changed);
    }, [query]);
    return wide;
}
