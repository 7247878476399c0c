// Validates the bodies of events against GitHub's published description of its webhooks. Reads one event a line: {"event": "...", "body": {...}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const folder = createRequire(import.meta.url).resolve("@octokit/openapi-webhooks").replace(/index\.js$/, "generated/");
const deliveries = readFileSync(0, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
const faults = new Set();
const kinds = new Set();

// A reference leads from the root of the description; ajv has it under a name.
const named = (schema) =>
  Array.isArray(schema) ? schema.map(named)
  : schema === null || typeof schema !== "object" ? schema
  : Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === "$ref" && typeof value === "string" ? value.replace("#/", "github#/") : named(value)]));

for (const name of ["api.github.com", "ghes-3.19"]) {
  const description = JSON.parse(readFileSync(`${folder}${name}.json`, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  ajv.addSchema({ $id: "github", components: { schemas: named(description.components.schemas) } });
  const compiled = new Map();
  for (const { event, body } of deliveries) {
    const kind = [event, body.action].filter((part) => part !== undefined).join("-").replaceAll("_", "-");
    const described = description.webhooks[kind]?.post.requestBody.content["application/json"].schema;
    if (!described) {
      faults.add(`${name} describes no event ${kind}`);
      continue;
    }
    kinds.add(kind);
    if (!compiled.has(kind)) compiled.set(kind, ajv.compile(named(described)));
    const validate = compiled.get(kind);
    if (!validate(body)) validate.errors.forEach((error) => faults.add(`${name}: ${kind}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`));
  }
}

if (faults.size > 0) {
  console.error([...faults].join("\n"));
  process.exit(1);
}
console.log(`${[...kinds].sort().join(" ")}: all as described`);
