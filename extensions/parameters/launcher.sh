#!/bin/sh
# Lambda starts every file of /opt/extensions under its own name; what this one starts keeps its process id. Without a
# native executable it takes the .NET of the function's own runtime, which is in the path.
# The C library keeps what was freed, an arena a thread: 10 MB here that the function has better use for.
home="${0%/*}/../parameters"
export MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=65536
[ -f "$home/parameters.dll" ] || exec "$home/parameters"
exec dotnet "$home/parameters.dll"
