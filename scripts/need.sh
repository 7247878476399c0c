# Sourced: installs Debian or Ubuntu packages that are missing. Prints nothing and takes no time when all are there.

need() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null; then
        echo "These packages are needed and this machine has no apt-get to install them: ${missing[*]}" >&2
        return 1
    fi
    echo "Installing ${missing[*]}" >&2
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# need_command COMMAND PACKAGE...: the packages only when the command is not there already.
need_command() {
    command -v "$1" >/dev/null && return 0
    shift
    need "$@"
}

need_dotnet() {
    command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' && return 0
    echo "The .NET 10 SDK is needed: install it as Microsoft's page for your system says, then run this again." >&2
    return 1
}

# What releases of Python packages are made with.
release_tools() {
    need_command git git
    need python3-venv python3-build python3-setuptools python3-setuptools-whl python3-wheel-whl python3-pip-whl twine
}
