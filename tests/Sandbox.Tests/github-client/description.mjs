// Validates answers against GitHub's published OpenAPI description.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const folder = createRequire(import.meta.url).resolve("@octokit/openapi").replace(/index\.js$/, "generated/");

export class Description {
  constructor(name) {
    this.name = name;
    this.document = JSON.parse(readFileSync(`${folder}${name}.json`, "utf8"));
    this.ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: "github", components: { schemas: this.schemas() } });
    this.compiled = new Map();
  }

  schemas() {
    return Object.fromEntries(Object.entries(this.document.components.schemas).map(([name, schema]) => [name, convert(schema)]));
  }

  // Returns what is wrong with an answer, as lines; none means it is as described.
  faults(method, template, status, body) {
    const operation = this.document.paths[template]?.[method.toLowerCase()];
    if (!operation) return [`${this.name} describes no ${method} ${template}`];
    const described = this.response(operation.responses[status]);
    if (!described && status < 400) return [`${this.name} describes no status ${status} for ${method} ${template}`];
    let content = described?.content?.["application/json"]?.schema;
    // Many refusals are described without a body, or not at all; they have the common one.
    if (!content && status >= 400) content = { $ref: "#/components/schemas/basic-error" };
    if (!content) return body === undefined || body === "" ? [] : [`a body where ${this.name} describes none: ${method} ${template} ${status}`];
    const key = `${method} ${template} ${status}`;
    if (!this.compiled.has(key)) this.compiled.set(key, this.ajv.compile(convert(content)));
    const validate = this.compiled.get(key);
    return validate(body)
      ? []
      : validate.errors.map((error) => `${this.name}: ${key}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
  }

  response(response) {
    return response?.$ref ? this.document.components.responses[response.$ref.split("/").pop()] : response;
  }
}

const one = ["items", "additionalProperties", "not"];
const many = ["allOf", "anyOf", "oneOf"];

// OpenAPI 3.0 says "nullable" where JSON Schema has the type "null".
function convert(schema) {
  if (schema === null || typeof schema !== "object") return schema;
  const { nullable, ...rest } = schema;
  const converted = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key === "$ref") converted[key] = value.replace("#/", "github#/");
    else if (key === "properties") converted[key] = Object.fromEntries(Object.entries(value).map(([name, of]) => [name, convert(of)]));
    else if (one.includes(key)) converted[key] = convert(value);
    else if (many.includes(key)) converted[key] = value.map(convert);
    else if (!["example", "examples", "discriminator"].includes(key)) converted[key] = value;
  }
  return nullable === true ? { anyOf: [converted, { type: "null" }] } : converted;
}
