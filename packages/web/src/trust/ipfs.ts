// Documents that are named by `ipfs://`: a household may set a gateway of its own, which serves them as files. What comes is believed
// only by its hash.

/** A name of content and a way below it: letters of a URL, and no step upwards that a gateway's host would read as another page. */
const NAMED = /^ipfs:\/\/([A-Za-z0-9]{10,120})((?:\/[\w.~!$&'()*+,;=:@%-]+)*\/?)$/;

/** Where a gateway serves it; null: it is no such name. */
export function throughGateway(uri: string, gateway: string): string | null {
    const [, name, way = ""] = NAMED.exec(uri) ?? [];
    if (name === undefined || way.split("/").some((part) => /^(\.|%2e){1,2}$/i.test(part))) return null;
    return `${gateway}/ipfs/${name}${way}`;
}
