# Sourced: a Docker Engine of the caller's own. It has its own storage, socket and containerd, no bridge and no firewall
# rules, so that it touches nothing of the machine's, and it ends with the caller. Networks that somebody asks for are bridges
# without rules: containers reach each other and this machine through a proxy of the engine, and nothing else.

# own_engine FOLDER: starts it with everything in FOLDER and sets DOCKER_HOST. Needs root.
own_engine() {
    [ "$(id -u)" -eq 0 ] || { echo "There is no Docker Engine to be reached, and starting one needs root." >&2; return 1; }
    need docker.io containerd runc iptables
    engine_folder=$1
    echo '{}' >"$engine_folder/daemon.json" # otherwise the machine's own configuration would count
    # pdeathsig: killed without a word, this script still takes its engine with it.
    DOCKER_HOST='' setpriv --pdeathsig TERM dockerd --data-root "$engine_folder/data" --exec-root "$engine_folder/exec" \
        --pidfile "$engine_folder/pid" -H "unix://$engine_folder/socket" --group root --config-file "$engine_folder/daemon.json" \
        --bridge=none --iptables=false --ip6tables=false >"$engine_folder/log" 2>&1 &
    engine_pid=$!
    export DOCKER_HOST="unix://$engine_folder/socket"
    # The engine alone knows which base images are there; BuildKit's client would ask their registry.
    export DOCKER_BUILDKIT=0
    local deadline=$((SECONDS + 60))
    until docker version >/dev/null 2>&1; do
        if ! kill -0 "$engine_pid" 2>/dev/null || [ "$SECONDS" -gt "$deadline" ]; then
            echo "dockerd did not start:" >&2
            tail -n 20 "$engine_folder/log" >&2
            return 1
        fi
        sleep 0.2
    done
}

# end_own_engine: ends it, if one was started, and takes down what it left mounted. The folder stays.
end_own_engine() {
    [ -n "${engine_pid:-}" ] || return 0
    kill -TERM "$engine_pid" 2>/dev/null || true
    wait "$engine_pid" 2>/dev/null || true
    local mount
    grep -o " $engine_folder/[^ ]*" /proc/mounts | sort -r | while read -r mount; do umount -l "$mount"; done
    engine_pid=''
}
