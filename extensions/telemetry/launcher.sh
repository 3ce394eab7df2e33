#!/bin/sh
# Lambda starts every file of /opt/extensions under its own name; what this one starts keeps its process id.
home="${0%/*}/../telemetry"
[ -f "$home/telemetry.dll" ] || exec "$home/telemetry"
exec "${DOTNET_ROOT:-/var/lang/bin}/dotnet" "$home/telemetry.dll"
