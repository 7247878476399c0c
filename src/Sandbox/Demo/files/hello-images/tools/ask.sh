#!/bin/sh
# Asks a service for its release and prints the version alone.
exec curl --fail --silent "$1/release" | jq --raw-output .version
