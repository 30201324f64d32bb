// Writes src/types/CONTRACT.ts from schema/CONTRACT.json: messages, answers, and which query has which answer; and
// src/types/CONTRACT.shapes.ts, by which answers are checked before anything is read from them (src/chain/shape.ts).
// With --check it writes nothing and fails where a file is not what the schema says.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { compile } from "json-schema-to-typescript";

const schemas = new URL("../../../schema/", import.meta.url);
const types = new URL("../src/types/", import.meta.url);
const check = process.argv.includes("--check");

/** Messages forbid unknown members and answers do not say; the types of both are the same. */
function closed(node) {
    if (Array.isArray(node)) return node.map(closed);
    if (node === null || typeof node !== "object") return node;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
    if (copy.additionalProperties === false) delete copy.additionalProperties;
    return copy;
}

/** All definitions of a contract's messages and answers in one schema, so that each type stands once. */
function merged(contract, schema) {
    const definitions = {};
    const add = (name, { title: _, ...definition }) => {
        if (definitions[name] !== undefined && !isDeepStrictEqual(definitions[name], definition))
            throw new Error(`${contract}: two different types are named ${name}`);
        definitions[name] = definition;
    };
    const addRoot = (root) => {
        const { $schema: _, definitions: inner = {}, ...rest } = root;
        for (const [name, definition] of Object.entries(inner)) add(name, definition);
        add(rest.title, rest);
        return rest.title;
    };
    const required = [];
    const properties = {};
    for (const kind of ["instantiate", "execute", "query"]) {
        if (schema[kind] === null) continue;
        properties[kind] = { $ref: `#/definitions/${addRoot(schema[kind])}` };
        required.push(kind);
    }
    const answers = {};
    for (const [query, answer] of Object.entries(schema.responses)) {
        answers[query] = { $ref: `#/definitions/${addRoot(answer)}` };
    }
    properties.answers = {
        type: "object",
        title: "Answers",
        description: "The answer of each query.",
        properties: answers,
        required: Object.keys(answers),
    };
    required.push("answers");
    return {
        title: "Contract",
        description: "Messages and answers.",
        type: "object",
        properties,
        required,
        definitions,
    };
}

/** Whole numbers come as `number` from JSON; the reader refuses those that a double cannot hold (src/chain/json.ts). */
async function typesOf(contract) {
    const schema = JSON.parse(readFileSync(new URL(`${contract}.json`, schemas), "utf8"));
    return compile(merged(contract, closed(schema)), "Contract", {
        additionalProperties: false,
        bannerComment: `// Written by \`npm run types\` from schema/${contract}.json. Do not edit.`,
        format: false,
        strictIndexSignatures: true,
        unreachableDefinitions: false,
    });
}

/** What a text has to be, by the name of its type. All others are any text. */
const TEXTS = {
    Amount: "units",
    Price: "units",
    Uint64: "units",
    Uint128: "units",
    Uint256: "units",
    HexBinary: "hex",
    Binary: "base64",
};

/** A schema as a shape: only what an answer can have. */
function shapeOf(node, used) {
    if (node.$ref !== undefined) {
        const name = node.$ref.slice("#/definitions/".length);
        if (TEXTS[name] !== undefined) return TEXTS[name];
        used.add(name);
        return { is: name };
    }
    if (node.allOf?.length === 1) return shapeOf(node.allOf[0], used);
    const kinds = [node.type ?? []].flat();
    if (kinds.length === 2 && kinds[1] === "null") return { maybe: shapeOf({ ...node, type: kinds[0] }, used) };
    const parts = node.oneOf ?? node.anyOf;
    if (parts !== undefined) {
        if (parts.length === 2 && parts[1].type === "null") return { maybe: shapeOf(parts[0], used) };
        const words = parts.flatMap((part) => part.enum ?? []);
        const others = parts.filter((part) => part.enum === undefined).map((part) => shapeOf(part, used));
        if (others.length === 0) return { one: words };
        return { any: words.length === 0 ? others : [{ one: words }, ...others] };
    }
    switch (kinds[0]) {
        case "string":
            return node.enum === undefined ? "text" : { one: node.enum };
        case "boolean":
            return "flag";
        case "integer": {
            const [, sign, bits] = /^(u?int)(8|16|32|64)$/.exec(node.format) ?? [];
            if (bits === undefined) break;
            return sign === "uint" ? Number(bits) : -Number(bits);
        }
        case "array":
            if (node.items === undefined || Array.isArray(node.items)) break;
            return { list: shapeOf(node.items, used) };
        case "object": {
            const all = Object.entries(node.properties ?? {});
            const needed = new Set(node.required ?? []);
            const of = (entries) => Object.fromEntries(entries.map(([name, inner]) => [name, shapeOf(inner, used)]));
            const may = all.filter(([name]) => !needed.has(name));
            const has = of(all.filter(([name]) => needed.has(name)));
            return may.length === 0 ? { has } : { has, may: of(may) };
        }
    }
    throw new Error(`expected a schema that an answer can have, got ${JSON.stringify(node).slice(0, 200)}`);
}

/** The shape of every answer, and of every type that one of them names. */
function shapesOf(contract) {
    const { responses } = JSON.parse(readFileSync(new URL(`${contract}.json`, schemas), "utf8"));
    const definitions = Object.assign({}, ...Object.values(responses).map((answer) => answer.definitions ?? {}));
    const used = new Set();
    const answers = Object.entries(responses).map(([query, answer]) => [query, shapeOf(answer, used)]);
    const named = {};
    // A shape that is read may name more of them: they are added to the set that is gone through.
    for (const name of used) named[name] = shapeOf(definitions[name], used);
    const lines = (entries) => entries.map(([name, shape]) => `        ${name}: ${JSON.stringify(shape)},\n`).join("");
    return (
        `// Written by \`npm run types\` from schema/${contract}.json. Do not edit.\n` +
        `import type { Shapes } from "../chain/shape.ts";\n\n` +
        `export const shapes: Shapes = {\n    answers: {\n${lines(answers)}    },\n` +
        `    named: {\n${lines(Object.entries(named).sort())}    },\n};`
    );
}

const contracts = readdirSync(schemas)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5))
    .sort();
let differ = false;
for (const contract of contracts) {
    const files = { [`${contract}.ts`]: await typesOf(contract), [`${contract}.shapes.ts`]: shapesOf(contract) };
    for (const [name, written] of Object.entries(files)) {
        const file = new URL(name, types);
        const text = `${written.trimEnd()}\n`;
        if (!check) writeFileSync(file, text);
        else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
            console.error(
                `src/types/${name} is not what schema/${contract}.json says: run \`npm run types\` and commit it`,
            );
            differ = true;
        }
    }
}
if (differ) process.exit(1);
