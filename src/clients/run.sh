#!/usr/bin/env bash
# Runs the life of a serverless endpoint through boto3 and the AWS CLI against a simulator of its own.
#
#   PILOTLIGHT_SIMULATOR  command that starts the simulator in the foreground and prints one line
#                         "simulator listening on http://HOST:PORT"; default: bin/pilotlight simulator --port 0 --speed 60
#   AWS_ENDPOINT_URL      a simulator that runs already; nothing is started then
#   PYTHON                interpreter for the virtual environment; default: python3
#
# Exit status: 0 all checks passed, 1 some failed or the simulator did not start, 3 something is not installed.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
simulator_command=${PILOTLIGHT_SIMULATOR:-"'$root/bin/pilotlight' simulator --port 0 --speed 60"}
patience=60 # seconds until the simulator must listen

say() { printf 'clients: %s\n' "$*"; }

# The virtual environment is named after what is in it, so a change of requirements.txt makes a new one.
fingerprint=$(cksum < "$here/requirements.txt" | tr ' ' '-')
environment=${XDG_CACHE_HOME:-$HOME/.cache}/pilotlight/clients/$fingerprint

make_environment() {
    [ -e "$environment/.complete" ] && return 0
    if ! "$python" -c 'import venv, ensurepip' 2> "$work/python"; then
        say "needs Python 3.9 or newer with venv (Debian: apt-get install python3-venv)"
        exit 3
    fi
    say "making a virtual environment with $(grep -v '^#' "$here/requirements.txt" | tr '\n' ' ')in $environment"
    if ! { "$python" -m venv --clear "$environment" \
        && "$environment/bin/pip" --quiet --disable-pip-version-check install -r "$here/requirements.txt"; }; then
        say "could not install boto3 and the AWS CLI; is a Python package index in reach?"
        exit 3
    fi
    touch "$environment/.complete"
}

simulator=
stop() {
    if [ -n "$simulator" ] && kill -0 "$simulator" 2> "$work/kill"; then
        kill "$simulator"
        for _ in $(seq 50); do
            kill -0 "$simulator" 2> "$work/kill" || break
            sleep 0.1
        done
        kill -9 "$simulator" 2> "$work/kill"
        wait "$simulator" 2> "$work/kill"
    fi
    rm -rf "$work"
}

work=$(mktemp -d "${TMPDIR:-/tmp}/pilotlight-clients.XXXXXX")
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Two runs at once must not build in the same folder.
mkdir -p "$(dirname "$environment")"
if command -v flock > "$work/flock"; then
    exec 9> "$environment.lock"
    flock 9
    make_environment
    flock -u 9
    exec 9>&-
else
    make_environment
fi

# A bundle for other registries makes some clients refuse plain HTTP; profiles would send them elsewhere.
unset AWS_CA_BUNDLE AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN
export PYTHONDONTWRITEBYTECODE=1 NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"

if [ -z "${AWS_ENDPOINT_URL:-}" ]; then
    : > "$work/simulator"
    bash -c "exec $simulator_command" > "$work/simulator" 2>&1 &
    simulator=$!
    for _ in $(seq $((patience * 10))); do
        AWS_ENDPOINT_URL=$(sed -n 's/^.*simulator listening on \(http:[^ ]*\).*$/\1/p' "$work/simulator" | head -1)
        [ -n "$AWS_ENDPOINT_URL" ] && break
        kill -0 "$simulator" 2> "$work/kill" || break
        sleep 0.1
    done
    if [ -z "$AWS_ENDPOINT_URL" ]; then
        say "the simulator did not start: $simulator_command"
        tail -20 "$work/simulator"
        exit 1
    fi
    export AWS_ENDPOINT_URL
fi
say "simulator at $AWS_ENDPOINT_URL"

failed=0
for client in boto3 awscli; do
    "$environment/bin/python" "$here/lifecycle_$client.py" || failed=1
done
if [ "$failed" -ne 0 ] && [ -n "$simulator" ]; then
    say "last lines of the simulator:"
    tail -20 "$work/simulator"
fi
exit "$failed"
