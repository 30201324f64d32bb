// How the made-up street's accounts are called on the device, as if somebody had typed it.

export const EXAMPLE_NAMES: Readonly<Record<string, string>> = {
    wasm1example0home006: "Mill",
    wasm1example0home008: "Orchard",
    wasm1example0home012: "Corner",
    wasm1example0builder: "Berger Bau",
    wasm1example0mediator: "Village council",
    wasm1example0electrician: "Volta",
    wasm1example0workshop: "Volta Workshop",
};
