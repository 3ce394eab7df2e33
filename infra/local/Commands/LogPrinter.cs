using Isobar.Local.Edge.Handlers;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Commands;

/// <summary>Prints what functions, their extensions and the platform write, as it comes.</summary>
internal sealed class LogPrinter(Journal journal, TextWriter output)
{
    /// <summary>Prints until it is cancelled. A terminal that is too slow loses lines, and is told so.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var facts = journal.Subscribe(journal.LastSequence);
        var missed = 0L;
        await foreach (var entry in facts.ReadAllAsync(cancellationToken))
        {
            if (facts.Missed > missed)
            {
                output.WriteLine($"(facts that this terminal was too slow for: {facts.Missed - missed})");
                missed = facts.Missed;
            }

            if (LineOf(entry.Fact) is { } line) output.WriteLine($"{entry.Time:HH:mm:ss.fff} {line}");
        }
    }

    private static string? LineOf(object fact) => fact switch
    {
        LogLineWritten { Extension: { } extension } written =>
            $"{written.FunctionName}/{extension}  {written.Line.TrimEnd()}",
        LogLineWritten written => $"{written.FunctionName}  {written.Line.TrimEnd()}",
        EdgeLineWritten written => $"{written.FunctionName}  {written.Line.TrimEnd()}",
        _ => null,
    };
}
