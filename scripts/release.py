#!/usr/bin/python3
"""Makes a whole release through the REST API: an example for programs of your own. Standard library only.

release.py API SANDBOX PROJECT VERSION, with MAINTAINER_TOKEN and REVIEWER_TOKEN in the environment ("token create").
API is such as http://127.0.0.1:5080/api/v1, SANDBOX the simulated services. It does what people do: the maintainer
starts and ticks the checklist, the reviewer approves the pull request and then exactly the file to be published.
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request

DEADLINE = 600  # seconds for the whole release


class Caller:
    """Calls one API with one token."""

    def __init__(self, address, token):
        self.address, self.token = address.rstrip("/"), token

    def get(self, path):
        return self._send("GET", path, None)

    def post(self, path, body):
        return self._send("POST", path, json.dumps(body).encode())

    def _send(self, method, path, body):
        request = urllib.request.Request(f"{self.address}/{path}", body, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            # The answer is a problem document (RFC 9457); its words are what helps.
            sys.exit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}")
        except OSError as error:
            sys.exit(f"{method} {self.address}/{path}: {error}")


# A field without a value is left out of an answer, hence get() below.
def steps_of(release):
    return {step["key"]: step for stage in release["stages"] for step in stage["steps"]}


def evidence(step, name):
    return next(item["value"] for item in step["evidence"]["items"] if item["name"] == name)


def report(steps, seen):
    """Prints what has changed since the last look."""
    for key, step in steps.items():
        if seen.get(key) == step["status"]:
            continue
        seen[key] = step["status"]
        if step["status"] != "pending":
            print(f"  {key:<16} {step['status']}", flush=True)


def serve(release, steps, maintainer, reviewer, github, done):
    """Does what a person has to do now, each thing once."""
    step = steps["review"]
    if step["status"] == "waitingForPerson" and "review" not in done:
        done.add("review")
        open_items = [item["id"] for item in step["items"] if not item.get("tickedBy")]
        maintainer.post(f"releases/{release['id']}/steps/review/complete", {"items": open_items})
    if steps["wait-review"]["status"] == "waitingOutside" and "wait-review" not in done:
        done.add("wait-review")
        number = evidence(steps["pull-request"], "number")
        github.post(f"repos/{release['repository']}/pulls/{number}/reviews", {"event": "APPROVE"})
    step = steps["approve"]
    digest = (step.get("approval") or {}).get("evidenceDigest")
    # The digest says what was looked at. If the file or the commit has changed since, the approval is refused.
    if step["status"] == "waitingForPerson" and digest and "approve" not in done:
        done.add("approve")
        reviewer.post(f"releases/{release['id']}/steps/approve/approve", {"evidenceDigest": digest})


def main(api, sandbox, project, version):
    maintainer = Caller(api, os.environ["MAINTAINER_TOKEN"])
    reviewer = Caller(api, os.environ["REVIEWER_TOKEN"])
    # At GitHub itself: https://api.github.com and a token of the reviewer there.
    github = Caller(f"{sandbox}/api/v3", "sandbox-reviewer-token")

    release = maintainer.post("releases", {"project": project, "version": version, "playbook": "wrapper"})
    print(f"Release {version} of {project}: {release['id']}")
    seen, done, began = {}, set(), time.monotonic()
    while release["status"] != "published":
        if time.monotonic() - began > DEADLINE:
            sys.exit(f"Not published after {DEADLINE} s; it is {release['status']}.")
        time.sleep(0.3)
        release = maintainer.get(f"releases/{release['id']}")
        steps = steps_of(release)
        report(steps, seen)
        if release["status"] in ("failed", "aborted"):
            said = [f"{key}: {step['error']['what']}" for key, step in steps.items() if step.get("error")]
            sys.exit(f"The release {release['status']}. {' '.join(said)}")
        serve(release, steps, maintainer, reviewer, github, done)
    package = steps_of(release)["package"]
    print(f"Published {evidence(package, 'file')}, SHA-256 {evidence(package, 'sha256')}, in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
