#!/usr/bin/env bash
# The commands of the wrapper release of the demo project, one after another, as a maintainer would put them in a script.
# The reference of ./bench's row "whole wrapper release". Usage: wrapper.sh SANDBOX_URL FOLDER; the last line printed is
# the time taken in milliseconds, without the waiting for checks and review.
set -euo pipefail

sandbox=${1%/} folder=$2
version=1.2.0 next=1.2.1 repository=example/hello-wrapper
python=/usr/bin/python3
api=$sandbox/api/v3/repos/$repository
constants=hello_wrapper/config/constants.py

mkdir -p "$folder/home" "$folder/dist"
cd "$folder"
export HOME=$folder/home LC_ALL=C.UTF-8
export GIT_TERMINAL_PROMPT=0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$folder/gitconfig
git config --file "$GIT_CONFIG_GLOBAL" user.name Bench
git config --file "$GIT_CONFIG_GLOBAL" user.email bench@sandbox.example
git config --file "$GIT_CONFIG_GLOBAL" gc.auto 0
git config --file "$GIT_CONFIG_GLOBAL" "http.$sandbox.extraHeader" "Authorization: Basic $(printf x-access-token:sandbox-maintainer-token | base64 -w0)"
export PIP_CONFIG_FILE=/dev/null PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1 PYTHONNOUSERSITE=1
export PIP_INDEX_URL=$sandbox/indexes/production/simple/
exec 3>&1 >"$folder/log" 2>&1
trap 'tail -n 20 "$folder/log" >&3' ERR

ask() { # ask METHOD URL [CURL ARGUMENTS]
    curl --silent --show-error --fail-with-body --request "$1" --header "Authorization: Bearer ${token:-sandbox-maintainer-token}" "${@:3}" "$2"
}
field() { # field NAME: the first value of that name in the JSON on the input
    sed -nE "s/.*\"$1\": *\"?([^\",}]*).*/\1/p;T;q" <<<"$(tr '{,' '\n\n')"
}
now() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

began=$(now)
# Preflight.
git --version
$python --version
$python -c "import venv, ensurepip; print('venv with pip', ensurepip.version())"
$python -m build --version
$python -m twine --version
git ls-remote "$sandbox/$repository.git"
ask GET "$api"
! curl --silent --fail "$sandbox/indexes/production/pypi/hello-wrapper/$version/json"
! curl --silent --fail "$sandbox/indexes/test/pypi/hello-wrapper/$version/json"

# Update, submodules, version.
git clone --no-recurse-submodules --branch dev -- "$sandbox/$repository.git" repository
cd repository
git fetch --prune --tags --force -- origin
git merge --ff-only origin/dev
for module in images resources; do
    git submodule update --init --checkout --force -- $module
    git -C $module fetch --prune --tags --force -- origin
    git -C $module switch --detach origin/main
done
sed -i -E "s/(version: str = )\"[^\"]+\"/\1\"$version\"/" $constants
sed -i -E "s/^(Version )[0-9]+\.[0-9]+\.[0-9]+([ab][0-9]+)?\./\1$version./; s/(pip install hello-wrapper==)[0-9]+\.[0-9]+\.[0-9]+([ab][0-9]+)?/\1$version/" README.md
sed -i -E "s/(assertEqual\()\"[^\"]+\"(, ConstantConfig\.version\))/\1\"$version\"\2/" tests/test_wrapper.py
git add --all
git commit --quiet --message "Release $version"
commit=$(git rev-parse HEAD)

# Tests and package, each from a clean checkout.
checkout() {
    git worktree prune
    [ ! -e ../build ] || git worktree remove --force --force ../build
    git worktree add --detach -- ../build "$1"
    git -C ../build submodule update --init --checkout --force -- images
    git -C ../build submodule update --init --checkout --force -- resources
}
checkout "$commit"
$python -m venv --clear ../venv-test
(cd ../build && ../venv-test/bin/python -m pip install --requirement requirements-runtime.txt && PATH="$folder/venv-test/bin:$PATH" ../venv-test/bin/python -m unittest discover -v -s tests)
checkout "$commit"
(cd ../build && $python -m build --sdist --outdir ../dist)
$python -m twine check --strict ../dist/hello-wrapper-$version.tar.gz
sha256=$(sha256sum <../dist/hello-wrapper-$version.tar.gz | cut -d' ' -f1)

# Push, pull request, merge.
sed -i -E "s/(assertEqual\()\"[^\"]+\"(, ConstantConfig\.version\))/\1\"$next\"\2/" tests/test_wrapper.py
git add --all
git commit --quiet --message "Expect $next after the release"
head=$(git rev-parse HEAD)
git push --porcelain --atomic -- origin "$head:refs/heads/dev"
number=$(ask POST "$api/pulls" --json "{\"title\":\"Release $version\",\"head\":\"dev\",\"base\":\"main\",\"body\":\"\"}" | field number)
waited=$(now)
until ask GET "$api/commits/$head/check-runs" >checks.json && grep -q '"status": *"completed"' checks.json && ! grep -qE '"status": *"(queued|in_progress)"' checks.json; do :; done
token=sandbox-reviewer-token ask POST "$api/pulls/$number/reviews" --json '{"event":"APPROVE"}'
rm checks.json
began=$((began + $(now) - waited))
merge=$(ask PUT "$api/pulls/$number/merge" --json "{\"merge_method\":\"merge\",\"sha\":\"$head\"}" | field sha)

# Uploads, each followed by an install in an environment of its own.
upload() {
    TWINE_USERNAME=__token__ TWINE_PASSWORD=sandbox-$1-token $python -m twine upload --non-interactive --disable-progress-bar --verbose \
        --repository-url "$sandbox/indexes/$1/legacy/" ../dist/hello-wrapper-$version.tar.gz
    ask GET "$sandbox/indexes/$1/pypi/hello-wrapper/$version/json" | grep --quiet "$sha256"
}
environment() {
    mkdir -p "$1/empty"
    $python -m venv "$1/venv"
    "$1/venv/bin/python" -m pip install --no-cache-dir --requirement ../build/requirements-runtime.txt
}
upload test
mkdir -p ../verify-test
curl --silent --show-error --fail --output ../verify-test/hello-wrapper-$version.tar.gz "$sandbox/indexes/test/files/hello-wrapper/hello-wrapper-$version.tar.gz"
environment ../verify-test
../verify-test/venv/bin/python -m pip install --no-cache-dir --no-deps ../verify-test/hello-wrapper-$version.tar.gz
(cd ../verify-test/empty && ../venv/bin/hello-wrapper --version)
upload production
environment ../verify-production
echo "hello-wrapper==$version --hash=sha256:$sha256" >../verify-production/release.txt
../verify-production/venv/bin/python -m pip install --no-cache-dir --no-deps --require-hashes --index-url "$PIP_INDEX_URL" --requirement ../verify-production/release.txt
(cd ../verify-production/empty && ../venv/bin/hello-wrapper --version)

# Tag, release, branches.
git fetch --prune --tags --force -- origin
git tag --annotate --message "Release $version" $version "$merge"
git push --porcelain --atomic -- origin refs/tags/$version
ask POST "$api/releases/generate-notes" --json "{\"tag_name\":\"$version\"}"
release=$(ask POST "$api/releases" --json "{\"tag_name\":\"$version\",\"name\":\"$version\",\"draft\":true}")
id=$(field id <<<"$release")
uploads=$(field upload_url <<<"$release" | sed 's/{.*//')
ask POST "$uploads?name=hello-wrapper-$version.tar.gz" --header "Content-Type: application/gzip" --data-binary @../dist/hello-wrapper-$version.tar.gz
ask PATCH "$api/releases/$id" --json '{"draft":false,"make_latest":"true"}'
git fetch --prune --tags --force -- origin
git push --porcelain --atomic -- origin "$merge:refs/heads/dev"
git fetch --prune --tags --force -- origin
checkout "$merge"
cd ../build
sed -i -E "s/(version: str = )\"[^\"]+\"/\1\"${next}b1\"/" $constants
git add --all -- $constants
git commit --quiet --message "Start ${next}b1"
git push --porcelain --atomic -- origin HEAD:refs/heads/dev

echo $(($(now) - began)) >&3
