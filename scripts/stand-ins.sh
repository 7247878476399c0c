# Sourced: base images of the names that the Dockerfile asks for, made on the spot where they cannot be pulled: Debian or
# Ubuntu by debootstrap from this machine's own package sources, with this machine's .NET. They try the Dockerfile out;
# an image built on them knows this machine's package sources and certificates and is not for shipping.

# stand_ins FOLDER: makes them on the engine in DOCKER_HOST, with FOLDER as scratch space. Needs root.
stand_ins() {
    local scratch=$1 dotnet sdk runtime
    need debootstrap
    dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
    mapfile -t bases < <(base_names)
    for sdk in "${bases[@]}"; do [[ $sdk == */sdk:* ]] && break; done
    for runtime in "${bases[@]}"; do [[ $runtime == */aspnet:* ]] && break; done
    import_system "$scratch"
    stand_in "$scratch" "$sdk" nuget . <"$(nuget_lines "$scratch")"
    stand_in "$scratch" "$runtime" '' ./dotnet ./host ./shared </dev/null
}

# The names after FROM in the Dockerfile, with its build arguments' defaults put in.
base_names() {
    local DOTNET
    DOTNET=$(sed -n 's/^ARG DOTNET=//p' Dockerfile)
    sed -nE 's/^FROM ([^ ]*:[^ ]*).*/\1/p' Dockerfile | sed "s/\${DOTNET}/$DOTNET/"
}

# The system below both, as image "stand-in/system". Made once a week, kept in the user's cache.
import_system() {
    local scratch=$1 system mirror suite cache
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/release-dashboard/$suite.tar
    if [ -z "$(find "$cache" -mtime -7 2>/dev/null)" ]; then
        echo "Making a system for the stand-ins (debootstrap $suite)" >&2
        mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' | sed -n "s/^$suite //p" | head -n 1)
        system=$scratch/system
        # What the .NET runtime is linked to has other names in each release: those that serve it here.
        local libraries
        libraries=$(dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' 'libicu[0-9]*' 'libssl[0-9]*' 'libstdc++6' | sed -n 's/ ii *$//p' | paste -sd,)
        debootstrap --variant=minbase --include="ca-certificates,tzdata,$libraries" "$suite" "$system" "$mirror" >"$scratch/debootstrap.log" 2>&1 ||
            { tail -n 20 "$scratch/debootstrap.log" >&2; return 1; }
        rm -rf "$system"/var/cache/apt/archives/*.deb "$system"/var/lib/apt/lists/*
        mkdir -p "$(dirname "$cache")"
        tar -C "$system" -c . >"$cache.new"
        mv "$cache.new" "$cache"
    fi
    docker import "$cache" stand-in/system >/dev/null
    # What changes with the machine comes on top: where packages come from and whom to trust.
    local top=$scratch/top
    mkdir -p "$top/apt/sources.list.d" "$top/apt/apt.conf.d" "$top/apt/keyrings"
    [ ! -f /etc/apt/sources.list ] || cp /etc/apt/sources.list "$top/apt/"
    find /etc/apt/sources.list.d -type f \( -name '*.list' -o -name '*.sources' \) -exec cp {} "$top/apt/sources.list.d/" \;
    [ ! -d /etc/apt/keyrings ] || find /etc/apt/keyrings -type f -exec cp {} "$top/apt/keyrings/" \;
    apt-config dump Acquire >"$top/apt/apt.conf.d/90machine"
    cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$top/ca-certificates.crt"
    cat >"$top/Dockerfile" <<'END'
FROM stand-in/system
RUN rm -f /etc/apt/sources.list
COPY apt /etc/apt/
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
LABEL stand-in=true
END
    docker build --quiet --tag stand-in/system "$top" >/dev/null
}

# stand_in_postgres SCRATCH: the image of compose.yaml's database, with PostgreSQL of the system's own packages. It does with the
# variables what compose.yaml needs of the real one.
stand_in_postgres() {
    local folder=$1/postgres name
    name=$(sed -nE 's/^ *image: (postgres:.*)/\1/p' compose.yaml)
    mkdir -p "$folder"
    echo "Making a stand-in for $name" >&2
    cat >"$folder/start" <<'END'
#!/bin/sh
set -eu
: "${POSTGRES_PASSWORD:?Database is uninitialized and superuser password is not specified.}"
data=/var/lib/postgresql/data
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH
chown postgres "$data"
if [ ! -s "$data/PG_VERSION" ]; then
    (umask 077; printf %s "$POSTGRES_PASSWORD" >/tmp/password; chown postgres /tmp/password)
    runuser -u postgres -- initdb --username "$POSTGRES_USER" --pwfile /tmp/password --auth scram-sha-256 --pgdata "$data"
    rm /tmp/password
    echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
    echo "CREATE DATABASE $POSTGRES_DB" | runuser -u postgres -- postgres --single -D "$data" postgres
fi
exec runuser -u postgres -- postgres -D "$data" -c listen_addresses='*'
END
    chmod +x "$folder/start"
    cat >"$folder/Dockerfile" <<'END'
FROM stand-in/system
RUN apt-get update && apt-get install -y --no-install-recommends postgresql && rm -rf /var/lib/apt/lists/*
COPY start /start
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
ENTRYPOINT ["/start"]
END
    docker build --quiet --network host --tag "$name" "$folder" >/dev/null
}

# Puts this machine's NuGet configuration into SCRATCH/nuget and prints the name of a file with the Dockerfile lines for it.
nuget_lines() {
    local scratch=$1 name
    mkdir -p "$scratch/nuget"
    chmod 700 "$scratch/nuget"
    [ ! -d ~/.nuget/NuGet ] || find ~/.nuget/NuGet -maxdepth 1 -iname 'nuget.config' -exec cp {} "$scratch/nuget/" \;
    {
        echo 'COPY nuget /root/.nuget/NuGet'
        echo 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'
        for name in $(compgen -e NUGET_); do
            # Folders of this machine are not there inside.
            case ${!name} in /*) ;; *) echo "ENV $name=\"${!name}\"" ;; esac
        done
    } >"$scratch/nuget-lines"
    echo "$scratch/nuget-lines"
}

# stand_in SCRATCH NAME EXTRA PART...: an image NAME with these parts of this machine's .NET. EXTRA is a folder in SCRATCH to
# send along; more Dockerfile lines come from the input. Uses $dotnet.
stand_in() {
    local scratch=$1 name=$2 extra=$3
    shift 3
    echo "Making a stand-in for $name" >&2
    {
        echo 'FROM stand-in/system'
        echo 'COPY dotnet /usr/share/dotnet'
        echo 'RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet'
        echo 'ENV DOTNET_RUNNING_IN_CONTAINER=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1'
        cat
    } >"$scratch/Dockerfile"
    # Streamed: the SDK is large. Only the parts of .NET begin with "./".
    # shellcheck disable=SC2086 # no extra folder is no argument
    tar -c --transform='s,^\.,dotnet,' -C "$scratch" Dockerfile $extra -C "$dotnet" "$@" |
        docker build --quiet --tag "$name" - >/dev/null
}
