#!/bin/sh
# Lambda starts every file of /opt/extensions under its own name; what this one starts is in the folder of that name and
# keeps its process id. Without a native executable it takes the .NET of the function's own runtime, which is in the path.
# The C library keeps what was freed, an arena a thread: 10 MB here that the function has better use for.
name="${0##*/}"
home="${0%/*}/../$name"
export MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=65536
[ -f "$home/$name.dll" ] || exec "$home/$name"
exec dotnet "$home/$name.dll"
