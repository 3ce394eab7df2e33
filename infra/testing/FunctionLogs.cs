using Isobar.Local.Commands;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Testing;

/// <summary>The log lines of one function that the journal still has.</summary>
internal static class FunctionLogs
{
    public static IReadOnlyList<string> Of(Journal journal, string function) =>
    [
        .. from entry in journal.After(0)
           let written = entry.Fact as LogLineWritten
           where written?.FunctionName == function
           let line = ReadableLine.Of(written.Line)
           where line is not null
           select $"{entry.Time:HH:mm:ss.fff} {(written.Extension is { } extension ? extension + " " : "")}{line}",
    ];
}
