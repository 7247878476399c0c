// Workflow runs as the product follows them, through the official client. Prints one line at the end; exits with 1 on any surprise.
import assert from "node:assert/strict";
import { clientFor } from "./client.mjs";

const [address, mode] = process.argv.slice(2);
const { Description } = await import("./description.mjs");
const descriptions = mode === "validate" ? ["api.github.com", "ghes-3.19"].map((name) => new Description(name)) : [];
const faults = [];
const seen = new Set();
const maintainer = clientFor(address, "sandbox-maintainer-token", descriptions, faults, seen).rest;
const repo = { owner: "acme", repo: "tool" };
const refused = (promise, status) => assert.rejects(promise, (error) => error.status === status || assert.fail(`${error.status}: ${error.message}`));
const completed = async (run_id, attempt = 1) => {
  for (const deadline = Date.now() + 60_000; ; ) {
    const run = (await maintainer.actions.getWorkflowRun({ ...repo, run_id })).data;
    if (run.status === "completed" && run.run_attempt === attempt) return run;
    assert.ok(Date.now() < deadline, "the run is not completed within a minute");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

// Workflows
const listed = (await maintainer.actions.listRepoWorkflows(repo)).data;
assert.deepEqual(listed.workflows.map((workflow) => workflow.path), [".github/workflows/pre-release.yml", ".github/workflows/release.yml"]);
assert.equal((await maintainer.actions.getWorkflow({ ...repo, workflow_id: "release.yml" })).data.id, listed.workflows[1].id);
await maintainer.actions.getWorkflow({ ...repo, workflow_id: listed.workflows[0].id });
await refused(maintainer.actions.getWorkflow({ ...repo, workflow_id: "absent.yml" }), 404);

// A pull request's run, red and then green
const pull = (await maintainer.pulls.create({ ...repo, title: "Release 1.2.0", head: "feature/one", base: "main" })).data;
const runs = (await maintainer.actions.listWorkflowRuns({ ...repo, workflow_id: "pre-release.yml", head_sha: pull.head.sha, event: "pull_request" })).data;
assert.equal(runs.total_count, 1);
const first = await completed(runs.workflow_runs[0].id);
assert.equal(first.conclusion, "failure");
const jobs = (await maintainer.actions.listJobsForWorkflowRun({ ...repo, run_id: first.id })).data.jobs;
assert.deepEqual(jobs.map((job) => `${job.name} ${job.conclusion}`), ["build (debian) success", "build (alpine) failure", "Smoke tests skipped"]);
assert.equal((await maintainer.actions.getJobForWorkflowRun({ ...repo, job_id: jobs[1].id })).data.steps.length, 4);
assert.match((await maintainer.actions.downloadJobLogsForWorkflowRun({ ...repo, job_id: jobs[1].id })).data, /no such package/);
assert.ok((await maintainer.actions.downloadWorkflowRunLogs({ ...repo, run_id: first.id })).data.byteLength > 100);
await maintainer.checks.getSuite({ ...repo, check_suite_id: first.check_suite_id });
assert.equal((await maintainer.checks.get({ ...repo, check_run_id: jobs[1].id })).data.app.slug, "github-actions");
await maintainer.actions.reRunWorkflowFailedJobs({ ...repo, run_id: first.id });
assert.equal((await completed(first.id, 2)).conclusion, "success");
await maintainer.actions.listJobsForWorkflowRunAttempt({ ...repo, run_id: first.id, attempt_number: 1 });
await maintainer.actions.reRunJobForWorkflowRun({ ...repo, job_id: jobs[0].id });
await completed(first.id, 3);
await maintainer.actions.reRunWorkflow({ ...repo, run_id: first.id });
await maintainer.actions.cancelWorkflowRun({ ...repo, run_id: first.id });
assert.equal((await completed(first.id, 4)).conclusion, "cancelled");
await refused(maintainer.actions.cancelWorkflowRun({ ...repo, run_id: first.id }), 409);

// A dispatch
const dispatch = { ...repo, workflow_id: "release.yml", ref: "main", inputs: { tag: "1.2.0" } };
assert.equal((await maintainer.actions.createWorkflowDispatch(dispatch)).status, 204);
await refused(maintainer.actions.createWorkflowDispatch({ ...dispatch, ref: "absent" }), 422);
const released = (await maintainer.actions.listWorkflowRunsForRepo({ ...repo, event: "workflow_dispatch", created: ">=2020-01-01", per_page: 1 })).data;
assert.equal(released.workflow_runs[0].display_title, "Release 1.2.0");
assert.equal((await completed(released.workflow_runs[0].id)).conclusion, "success");
assert.equal((await maintainer.actions.listWorkflowRunsForRepo({ ...repo, status: "success", branch: "main" })).data.total_count, 1);

assert.deepEqual([...new Set(faults)], []);
console.log(`${seen.size} kinds of answers${mode === "validate" ? ", all as described" : ""}`);
