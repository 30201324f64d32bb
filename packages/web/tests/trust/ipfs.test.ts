import { expect, test } from "vitest";
import { throughGateway } from "../../src/trust/ipfs.ts";

const CID = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";

test("a document on ipfs is asked of the household's gateway by its name, with the way below it", () => {
    expect(throughGateway(`ipfs://${CID}`, "https://gate.example")).toBe(`https://gate.example/ipfs/${CID}`);
    expect(throughGateway(`ipfs://${CID}/plans/well.txt`, "https://gate.example/x")).toBe(
        `https://gate.example/x/ipfs/${CID}/plans/well.txt`,
    );
});

test.each([
    "https://elsewhere.example/a",
    "ipfs://",
    "ipfs://short",
    `ipfs://${CID}/../../admin`,
    `ipfs://${CID}/%2e%2E/admin`,
    `ipfs://${CID}/./a`,
    `ipfs://${CID}?to=elsewhere`,
    `ipfs://${CID}#a`,
    `ipfs://user@${CID}`,
    `ipfs://${CID}/a b`,
    `ipfs://${CID}//elsewhere.example`,
])("%s is asked of no gateway", (uri) => {
    expect(throughGateway(uri, "https://gate.example")).toBe(null);
});
