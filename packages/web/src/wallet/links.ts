// How one gets to Keplr, from a computer and from a phone.

/** Where Keplr is had for a computer's browser. */
export const KEPLR_DOWNLOAD = "https://www.keplr.app/get";

/** Opens a page in the browser of Keplr's app, or the shop where the phone has no Keplr. Only https pages and localhost open there. */
export function openInKeplr(page: string): string {
    return `https://deeplink.keplr.app/web-browser?url=${encodeURIComponent(page)}`;
}

/** Whether this is a phone or a tablet: extensions run on neither, Keplr's own browser does. */
export function isPhone(agent: string, touchPoints: number): boolean {
    // A tablet of Apple's says that it is a Mac, but Macs have no touch screens.
    return /Android|iPhone|iPad|Mobile/i.test(agent) || (/Macintosh/i.test(agent) && touchPoints > 1);
}
