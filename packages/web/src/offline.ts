// Whether this page opens without a network.

/** `plain_http`: browsers keep pages only of https and of this machine; `none`: this browser keeps none. */
export type OfflineSupport = "yes" | "plain_http" | "none";

export function offlineSupport(page: Window): OfflineSupport {
    if ("serviceWorker" in page.navigator) return "yes";
    return page.isSecureContext ? "none" : "plain_http";
}

/** Has the browser keep the app's files. Where it cannot, everything else works all the same. */
export async function keepOffline(page: Window): Promise<void> {
    if (offlineSupport(page) !== "yes") return;
    try {
        await page.navigator.serviceWorker.register("./service-worker.js", { scope: "./" });
    } catch {
        // The host serves it not, or not as a script.
    }
}
