# Sourced: the compose plugin of the docker client, in a version that reads compose.yaml.

oldest_compose=2.20

# need_compose FOLDER: finds "docker compose", or unpacks Debian 13's into FOLDER for as long as the caller runs: Debian 12
# has 1.29 only, which knows neither "required" nor the way the password is put into the connection string.
need_compose() {
    compose_is_new_enough && return 0
    local folder=$1 plugin
    echo "Fetching docker-compose of Debian 13 for this run" >&2
    fetch_package "$folder" trixie docker-compose
    plugin=$(find "$folder/files" -path '*/cli-plugins/docker-compose' -type f | head -n 1)
    [ -n "$plugin" ] || { echo "Debian 13's docker-compose holds no plugin of the docker client." >&2; return 1; }
    mkdir -p "$folder/client/cli-plugins"
    ln -s "$plugin" "$folder/client/cli-plugins/docker-compose"
    export DOCKER_CONFIG="$folder/client"
    compose_is_new_enough || { echo "compose.yaml needs docker compose $oldest_compose or later. Install it, then run this again." >&2; return 1; }
}

compose_is_new_enough() {
    local version
    version=$(docker compose version --short 2>/dev/null) || return 1
    [ "$(printf '%s\n' "$oldest_compose" "${version#v}" | sort -V | head -n 1)" = "$oldest_compose" ]
}

# fetch_package FOLDER SUITE PACKAGE: a package of another Debian release, checked by apt, unpacked into FOLDER/files. apt's
# own state and sources are left alone, and nothing is installed.
fetch_package() {
    local folder=$1 suite=$2 package=$3 mirror options
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/*$' | head -n 1)
    [ -n "$mirror" ] || { echo "This machine's package sources name no Debian mirror." >&2; return 1; }
    mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial" "$folder/files"
    echo "deb $mirror $suite main" >"$folder/sources.list"
    options=(-qq -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State=$folder/state" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update >&2
    (cd "$folder" && apt-get "${options[@]}" download "$package" >&2)
    dpkg-deb -x "$folder/$package"_*.deb "$folder/files"
}
