import { useEffect, useState } from "react";
import { toHex, utf8 } from "../chain/bytes.ts";
import { hashing } from "../engine/hashing.ts";

/** SHA-256 of a text, hex; null while it is worked out. */
export function useHash(text: string): string | null {
    const [hash, setHash] = useState<{ text: string; hash: string } | null>(null);
    useEffect(() => {
        let wanted = true;
        void hashing()(utf8(text)).then((bytes) => {
            if (wanted) setHash({ text, hash: toHex(bytes) });
        });
        return () => {
            wanted = false;
        };
    }, [text]);
    return hash?.text === text ? hash.hash : null;
}
