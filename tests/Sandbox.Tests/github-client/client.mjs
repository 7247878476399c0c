// The official client on a running sandbox. With descriptions, each answer is validated as it arrives.
import { Octokit } from "@octokit/rest";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export function clientFor(address, token, descriptions, faults, seen) {
  const octokit = new Octokit({ baseUrl: `${address}/api/v3`, auth: token, log: quiet });
  octokit.hook.wrap("request", async (request, options) => {
    const check = (response) => {
      // An upload goes to the address of its answer, so it has no template.
      const template = options.url.startsWith("http") ? "/repos/{owner}/{repo}/releases/{release_id}/assets" : options.url;
      seen.add(`${options.method} ${template} ${response.status}`);
      // Logs are described as the redirect that the client has followed already.
      const binary = response.data instanceof ArrayBuffer || template.endsWith("/logs");
      for (const description of binary ? [] : descriptions)
        faults.push(...description.faults(options.method, template, response.status, response.data));
    };
    try {
      const response = await request(options);
      check(response);
      return response;
    } catch (error) {
      if (error.response && error.status !== 304) check(error.response);
      throw error;
    }
  });
  return octokit;
}
