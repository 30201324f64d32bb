// A replay on a thread of its own, so that the page goes on answering. Stopping it is ending the thread: nothing of it is left.

import { type Order, recomputeGrid } from "./grid.ts";
import { faultOf, type Told } from "./told.ts";

const tell = (told: Told): void => self.postMessage(told);

self.onmessage = ({ data }: MessageEvent<Order>) => {
    recomputeGrid(data, (how) => tell({ how }), new AbortController().signal).then(
        (done) => tell({ done }),
        (error: unknown) => tell({ fault: faultOf(error) }),
    );
};
tell({ how: { part: "listing", done: 0, of: 0 } });
