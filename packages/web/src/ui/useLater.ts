import { useEffect, useState } from "react";

/** A value once it has stayed the same for so many ms: what is typed is not asked about letter by letter. */
export function useLater<T>(value: T, pause: number): T {
    const [later, setLater] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => setLater(value), pause);
        return () => clearTimeout(timer);
    }, [value, pause]);
    return later;
}
