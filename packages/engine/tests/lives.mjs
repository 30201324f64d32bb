// Repeats, with the engine as browsers load it, what the native one made of random lives of a grid's books (examples/lives). Reads one
// JSON object a line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { initSync, ReplayedBooks } from '../pkg/gridpact_engine.js';

const module = new WebAssembly.Module(readFileSync(new URL('../pkg/gridpact_engine_bg.wasm', import.meta.url)));
initSync({ module });

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (bytes) => Buffer.from(bytes).toString('hex');

const none = new Uint8Array();
const utf8 = new TextEncoder();
const call = (books, kind, { now = 0, at = 0, amount = 0, first = none, second = none }) =>
    hex(books.call(kind, BigInt(now), BigInt(at), BigInt(amount), first, second));
const nothing = (given) => (assert.equal(given, ''), null);
const number = (given) => (given === '' ? null : BigInt(`0x${given}`).toString());

const calls = {
    open: (books, [at, amount]) => nothing(call(books, 0, { at, amount })),
    roster: (books, [at, seats]) => nothing(call(books, 1, { at, first: utf8.encode(seats) })),
    hold: (books, [at, balances, report]) => call(books, 2, { at, first: bytes(report), second: bytes(balances) }),
    settle: (books, [now, at, report]) => call(books, 3, { now, at, first: bytes(report) }),
    deposit: (books, [at, amount]) => nothing(call(books, 4, { at, amount })),
    withdraw: (books, [now, at, amount]) => nothing(call(books, 5, { now, at, amount })),
    finalise: (books, [now]) => number(call(books, 6, { now })),
    sweep: (books, [fee]) => number(fee === null ? call(books, 7, {}) : call(books, 8, { at: fee })),
};

const seen = Object.fromEntries(Object.keys(calls).map((call) => [call, { done: 0, refused: 0 }]));
let lives = 0;
for await (const line of createInterface({ input: process.stdin })) {
    const life = JSON.parse(line);
    const books = new ReplayedBooks(life.policy);
    for (const { call: name, arguments: given, gives, refused } of life.calls) {
        let here;
        try {
            here = { gives: calls[name](books, given) };
        } catch (error) {
            here = { refused: error.message };
        }
        assert.deepEqual(here, refused === undefined ? { gives } : { refused });
        seen[name][refused === undefined ? 'done' : 'refused'] += 1;
    }
    life.free.forEach((free, slot) => assert.equal(number(call(books, 9, { at: slot })), free));
    const sums = call(books, 10, {});
    ['deposited', 'withdrawn', 'swept', 'held', 'community'].forEach((sum, at) =>
        assert.equal(number(sums.slice(32 * at, 32 * at + 32)), life[sum]),
    );
    books.free();
    lives += 1;
}
// Without some of either kind the comparison would say little.
assert.ok(lives > 20, `expected more than 20 lives, got ${lives}`);
for (const [call, { done }] of Object.entries(seen)) assert.ok(done > 20, `expected more than 20 calls of ${call}, got ${done}`);
for (const call of ['roster', 'hold', 'settle', 'deposit', 'withdraw', 'sweep'])
    assert.ok(seen[call].refused > 5, `expected some calls of ${call} to be refused, got ${seen[call].refused}`);
console.log(`${lives} lives of books: the same after every event, refusals too (${JSON.stringify(seen)})`);
