// The device's clock against the chain's.

/** Blocks come seconds apart and answers take some: what is beyond this is the clock. */
const MOST_OFF = 120;

/**
 * Seconds that the device is ahead of the last block, where that is told; null where it is near enough. A chain that stands still is
 * behind too: `nodeBehind` says that another node's blocks are newer, so that the clock is not blamed.
 */
export function clockOff(blockTime: number, deviceSeconds: number): number | null {
    const off = Math.round(deviceSeconds - blockTime);
    return Math.abs(off) > MOST_OFF ? off : null;
}
