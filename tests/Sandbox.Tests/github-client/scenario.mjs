// A release as the product makes it, through the official client. Prints one line at the end; exits with 1 on any surprise.
import assert from "node:assert/strict";
import { clientFor } from "./client.mjs";

const [address, mode] = process.argv.slice(2);
const { Description } = await import("./description.mjs");
const descriptions = mode === "validate" ? ["api.github.com", "ghes-3.19"].map((name) => new Description(name)) : [];
for (const description of descriptions)
  assert.match(description.faults("GET", "/repos/{owner}/{repo}", 200, {}).join(), /full_name/, "an empty repository must be found at fault");
const faults = [];
const seen = new Set();
const client = (persona) => clientFor(address, `sandbox-${persona}-token`, descriptions, faults, seen).rest;
const maintainer = client("maintainer");
const reviewer = client("reviewer");
const repo = { owner: "acme", repo: "tool" };
const refused = (promise, status) => assert.rejects(promise, (error) => error.status === status || assert.fail(`${error.status}: ${error.message}`));

// Who and where
assert.equal((await maintainer.users.getAuthenticated()).data.login, "maintainer");
await maintainer.users.listEmailsForAuthenticatedUser();
assert.deepEqual((await maintainer.repos.listForAuthenticatedUser()).data.map((found) => found.full_name), ["acme/tool"]);
await maintainer.rateLimit.get();
const got = await maintainer.repos.get(repo);
assert.equal(got.data.default_branch, "main");
assert.ok(Number(got.headers["x-ratelimit-remaining"]) > 0 && got.headers["x-github-request-id"]);
await refused(maintainer.repos.get({ ...repo, headers: { "if-none-match": got.headers.etag } }), 304);
await refused(maintainer.repos.get({ owner: "acme", repo: "nothing" }), 404);
await refused(clientFor(address, "wrong", descriptions, faults, seen).rest.repos.get(repo), 401);
assert.equal((await maintainer.repos.getCollaboratorPermissionLevel({ ...repo, username: "lead" })).data.permission, "admin");

// Branches, commits, contents
const branches = (await maintainer.repos.listBranches({ ...repo, per_page: 1 })).headers.link;
assert.match(branches, /rel="next"/);
const main = (await maintainer.repos.getBranch({ ...repo, branch: "main" })).data.commit.sha;
await refused(maintainer.repos.getBranch({ ...repo, branch: "absent" }), 404);
await maintainer.repos.listCommits(repo);
const commit = (await maintainer.repos.getCommit({ ...repo, ref: "feature/one" })).data;
assert.equal(commit.files[0].filename, "feature.txt");
await refused(maintainer.repos.getCommit({ ...repo, ref: "absent" }), 422);
await maintainer.git.getCommit({ ...repo, commit_sha: main });
const compared = (await maintainer.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...feature/one" })).data;
assert.deepEqual([compared.status, compared.ahead_by, compared.behind_by], ["ahead", 1, 0]);
const readme = (await maintainer.repos.getContent({ ...repo, path: "README.md" })).data;
assert.equal(Buffer.from(readme.content, "base64").toString(), "# tool\n");
await maintainer.repos.getContent({ ...repo, path: "" });
await refused(maintainer.repos.getContent({ ...repo, path: "absent" }), 404);

// Refs and tags
await maintainer.git.getRef({ ...repo, ref: "heads/feature/one" });
await refused(maintainer.git.getRef({ ...repo, ref: "tags/v9" }), 404);
await maintainer.git.createRef({ ...repo, ref: "refs/heads/other", sha: main });
await refused(maintainer.git.createRef({ ...repo, ref: "refs/heads/other", sha: main }), 422);
await maintainer.git.updateRef({ ...repo, ref: "heads/other", sha: commit.sha });
await refused(maintainer.git.updateRef({ ...repo, ref: "heads/other", sha: main }), 422);
assert.equal((await maintainer.git.listMatchingRefs({ ...repo, ref: "heads/oth" })).data.length, 1);
await maintainer.git.deleteRef({ ...repo, ref: "heads/other" });
const tag = (await maintainer.git.createTag({ ...repo, tag: "v0.9.0", message: "Before", object: main, type: "commit" })).data;
await maintainer.git.createRef({ ...repo, ref: "refs/tags/v0.9.0", sha: tag.sha });
assert.equal((await maintainer.git.getTag({ ...repo, tag_sha: tag.sha })).data.object.sha, main);
await maintainer.repos.listTags(repo);

// A pull request, its checks, reviews and merge
await maintainer.repos.createWebhook({ ...repo, config: { url: "http://127.0.0.1:9/hook", content_type: "json", secret: "s" }, events: ["push"] });
await maintainer.repos.listWebhooks(repo);
await refused(maintainer.pulls.create({ ...repo, title: "Nothing", head: "absent", base: "main" }), 422);
const pull = (await maintainer.pulls.create({ ...repo, title: "One", head: "feature/one", base: "main", body: "Why" })).data;
await refused(maintainer.pulls.create({ ...repo, title: "Again", head: "feature/one", base: "main" }), 422);
const one = { ...repo, pull_number: pull.number };
assert.equal((await maintainer.pulls.list({ ...repo, head: "acme:feature/one", base: "main", state: "open" })).data.length, 1);
assert.equal((await maintainer.pulls.get(one)).data.mergeable, true);
await maintainer.pulls.update({ ...one, title: "One, renamed" });
await maintainer.pulls.listFiles(one);
await maintainer.pulls.listCommits(one);
await refused(maintainer.pulls.checkIfMerged(one), 404);
const checks = () => maintainer.checks.listForRef({ ...repo, ref: pull.head.sha });
assert.deepEqual((await checks()).data.check_runs.map((run) => run.name), ["tests", "lint"]);
await maintainer.checks.listSuitesForRef({ ...repo, ref: pull.head.sha });
for (const deadline = Date.now() + 10_000; (await checks()).data.check_runs.some((run) => run.status !== "completed"); )
  assert.ok(Date.now() < deadline, "the checks are not completed within ten seconds");
const run = (await checks()).data.check_runs[0];
assert.equal((await maintainer.checks.get({ ...repo, check_run_id: run.id })).data.conclusion, "success");
await maintainer.checks.listAnnotations({ ...repo, check_run_id: run.id });
await maintainer.checks.getSuite({ ...repo, check_suite_id: run.check_suite.id });
assert.equal((await maintainer.checks.listForSuite({ ...repo, check_suite_id: run.check_suite.id })).data.total_count, 2);
const own = (await maintainer.checks.create({ ...repo, name: "own", head_sha: pull.head.sha, status: "in_progress" })).data;
await maintainer.checks.update({ ...repo, check_run_id: own.id, conclusion: "neutral", output: { title: "T", summary: "S" } });
await maintainer.repos.createCommitStatus({ ...repo, sha: pull.head.sha, state: "success", context: "ci/one", description: "Good" });
assert.equal((await maintainer.repos.getCombinedStatusForRef({ ...repo, ref: pull.head.sha })).data.state, "success");
await maintainer.repos.listCommitStatusesForRef({ ...repo, ref: pull.head.sha });
await refused(maintainer.pulls.createReview({ ...one, event: "APPROVE" }), 422);
const review = (await reviewer.pulls.createReview({ ...one, body: "Looks right" })).data;
assert.equal((await reviewer.pulls.submitReview({ ...one, review_id: review.id, event: "APPROVE" })).data.state, "APPROVED");
await maintainer.pulls.listReviews(one);
await refused(maintainer.pulls.merge({ ...one, sha: main }), 409);
const merged = (await maintainer.pulls.merge({ ...one, sha: pull.head.sha, merge_method: "merge" })).data;
assert.deepEqual((await maintainer.git.getCommit({ ...repo, commit_sha: merged.sha })).data.parents.map((parent) => parent.sha), [main, pull.head.sha]);
await refused(maintainer.pulls.merge(one), 405);
await maintainer.pulls.checkIfMerged(one);
assert.equal((await maintainer.pulls.get(one)).data.merge_commit_sha, merged.sha);
const clash = (await maintainer.pulls.create({ ...repo, title: "Clash", head: "conflict", base: "main" })).data;
assert.equal((await maintainer.pulls.get({ ...repo, pull_number: clash.number })).data.mergeable, false);
await refused(maintainer.pulls.merge({ ...repo, pull_number: clash.number }), 405);
await maintainer.pulls.update({ ...repo, pull_number: clash.number, state: "closed" });

// The release
await refused(maintainer.repos.getLatestRelease(repo), 404);
const notes = (await maintainer.repos.generateReleaseNotes({ ...repo, tag_name: "v1.0.0", previous_tag_name: "v0.9.0" })).data;
assert.match(notes.body, /One, renamed by @maintainer/);
const draft = (await maintainer.repos.createRelease({ ...repo, tag_name: "v1.0.0", name: "1.0.0", body: notes.body, draft: true })).data;
await refused(maintainer.git.getRef({ ...repo, ref: "tags/v1.0.0" }), 404);
await refused(maintainer.repos.getReleaseByTag({ ...repo, tag: "v1.0.0" }), 404);
const upload = { url: draft.upload_url, name: "tool.txt", data: "bytes", headers: { "content-type": "text/plain" } };
const asset = (await maintainer.repos.uploadReleaseAsset({ ...repo, release_id: draft.id, ...upload })).data;
assert.equal(asset.size, 5);
await refused(maintainer.repos.uploadReleaseAsset({ ...repo, release_id: draft.id, ...upload }), 422);
await maintainer.repos.listReleaseAssets({ ...repo, release_id: draft.id });
await maintainer.repos.getReleaseAsset({ ...repo, asset_id: asset.id });
const bytes = await maintainer.repos.getReleaseAsset({ ...repo, asset_id: asset.id, headers: { accept: "application/octet-stream" } });
assert.equal(Buffer.from(bytes.data).toString(), "bytes");
const published = (await maintainer.repos.updateRelease({ ...repo, release_id: draft.id, draft: false, make_latest: "true" })).data;
assert.equal(published.draft, false);
assert.equal((await maintainer.git.getRef({ ...repo, ref: "tags/v1.0.0" })).data.object.sha, merged.sha);
assert.equal((await maintainer.repos.getLatestRelease(repo)).data.id, draft.id);
await maintainer.repos.getReleaseByTag({ ...repo, tag: "v1.0.0" });
await maintainer.repos.getRelease({ ...repo, release_id: draft.id });
await refused(maintainer.repos.createRelease({ ...repo, tag_name: "v1.0.0" }), 422);
const second = (await maintainer.repos.createRelease({ ...repo, tag_name: "v1.0.1", make_latest: "false" })).data;
assert.equal((await maintainer.repos.getLatestRelease(repo)).data.id, draft.id);
await maintainer.repos.listReleases(repo);
await maintainer.repos.deleteReleaseAsset({ ...repo, asset_id: asset.id });
await maintainer.repos.deleteRelease({ ...repo, release_id: second.id });

assert.deepEqual([...new Set(faults)], []);
console.log(`${seen.size} kinds of answers${mode === "validate" ? ", all as described" : ""}`);
