// Repeats, with the engine as browsers load it, what the native one made of random windows (examples/windows), and measures the
// last of them. Reads one JSON object a line.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { DecodedReport, initSync, report_digest, SettledWindow, sha256, verify_report } from '../pkg/gridpact_engine.js';

const module = new WebAssembly.Module(readFileSync(new URL('../pkg/gridpact_engine_bg.wasm', import.meta.url)));
initSync({ module });

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const fingerprint = (list) => createHash('sha256').update(Buffer.from(list.buffer)).digest('hex');

// What `work` returns, or the words in which it refuses.
function told(work) {
    try {
        return work();
    } catch (error) {
        return { refused: error.message };
    }
}

function decoded(report) {
    const decoded = new DecodedReport(report);
    const told = {
        epoch: decoded.epoch,
        roster_version: decoded.roster_version,
        first_interval: decoded.first_interval.toString(),
        intervals: decoded.intervals,
        seats: decoded.seats,
        revision: decoded.revision,
        resolution: decoded.resolution,
        body_hash: hex(decoded.body_hash),
        imports: fingerprint(decoded.imports()),
        exports: fingerprint(decoded.exports()),
        qualities: fingerprint(decoded.qualities()),
    };
    decoded.free();
    return told;
}

function settled({ policy, seats, balances }, report) {
    const window = new SettledWindow(policy, seats, bytes(balances), report);
    const steps = window.steps();
    const each = steps.length / 5;
    const step = (at) => fingerprint(steps.slice(at * each, (at + 1) * each));
    const told = {
        outcome: window.outcome(),
        intervals: window.intervals(),
        balances_hash: hex(window.balances_hash),
        results_hash: hex(window.results_hash),
        needed: step(0),
        asked: step(1),
        offered: step(2),
        bought: step(3),
        sold: step(4),
    };
    window.free();
    return told;
}

function verified(signed) {
    const signers = verify_report(
        signed.chain_id,
        signed.registry,
        bytes(signed.report),
        bytes(signed.keys),
        signed.quorum,
        Uint8Array.from(signed.members),
        bytes(signed.signatures),
    );
    return { signers };
}

// The shortest of some runs, in milliseconds: the others tell what else the machine did.
function time(work) {
    const run = () => {
        const since = performance.now();
        work();
        return performance.now() - since;
    };
    return Math.min(...Array.from({ length: 30 }, run)).toFixed(1);
}

const refusals = { decoded: 0, settled: 0, verified: 0 };
let windows = 0;
let last;
for await (const line of createInterface({ input: process.stdin })) {
    const window = JSON.parse(line);
    const report = bytes(window.report);
    assert.equal(hex(sha256(report)), createHash('sha256').update(report).digest('hex'));
    const { signed } = window;
    assert.equal(hex(report_digest(signed.chain_id, signed.registry, bytes(signed.report))), signed.digest);
    const here = {
        decoded: told(() => decoded(report)),
        settled: told(() => settled(window, report)),
        verified: told(() => verified(signed)),
    };
    assert.deepEqual(here, { decoded: window.decoded, settled: window.settled, verified: signed.verified });
    for (const what of Object.keys(refusals)) refusals[what] += 'refused' in here[what] ? 1 : 0;
    windows += 1;
    last = { ...window, bytes: report };
}
// Without some of either kind the comparison would say little.
assert.ok(windows > 100, `expected more than 100 windows, got ${windows}`);
for (const [what, count] of Object.entries(refusals)) {
    assert.ok(count > 5 && count < windows / 2, `expected some of ${windows} not to be ${what}, got ${count}`);
}
console.log(`${windows} windows: the same to the byte, refusals too (${JSON.stringify(refusals)})`);

const { seats, intervals } = last.decoded;
const report = last.bytes;
const balances = bytes(last.balances);
const decode = () => new DecodedReport(report).free();
const settle = () => new SettledWindow(last.policy, last.seats, balances, report).free();
console.log(`${seats} seats x ${intervals} intervals: decoded in ${time(decode)} ms, decoded and settled in ${time(settle)} ms`);
console.log(`signatures of ${last.signed.members.length} checked in ${time(() => told(() => verified(last.signed)))} ms`);
