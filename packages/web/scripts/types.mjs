// Writes src/types/CONTRACT.ts from schema/CONTRACT.json: messages, answers, and which query has which answer.
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

const contracts = readdirSync(schemas)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5))
    .sort();
let differ = false;
for (const contract of contracts) {
    const file = new URL(`${contract}.ts`, types);
    const text = `${(await typesOf(contract)).trimEnd()}\n`;
    if (!check) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
        console.error(
            `src/types/${contract}.ts is not what schema/${contract}.json says: run \`npm run types\` and commit it`,
        );
        differ = true;
    }
}
if (differ) process.exit(1);
