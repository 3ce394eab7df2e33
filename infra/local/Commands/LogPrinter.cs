using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Deployment;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Commands;

/// <summary>How the log is printed.</summary>
internal enum LogFormat
{
    /// <summary>Lines to read.</summary>
    Text,

    /// <summary>An object a line: time, function, extension, and the line as it was written.</summary>
    Json,
}

/// <summary>Prints what functions, their extensions and the platform write, as it comes.</summary>
internal sealed class LogPrinter(Journal journal, TextWriter output, LogFormat format, DeployedStack stack)
{
    private const string FunctionEnding = "Function";

    // The name in the template, which is short, in the place of the function's, which ends in random characters.
    private readonly Dictionary<string, string> names = stack.Resources
        .Where(resource => resource.LogicalId.EndsWith(FunctionEnding, StringComparison.Ordinal))
        .ToDictionary(resource => resource.PhysicalId, resource => resource.LogicalId[..^FunctionEnding.Length]);

    /// <summary>Prints until it is cancelled. A terminal that is too slow loses lines, and is told so.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var facts = journal.Subscribe(journal.LastSequence);
        var missed = 0L;
        await foreach (var entry in facts.ReadAllAsync(cancellationToken))
        {
            if (facts.Missed > missed && format == LogFormat.Text)
                output.WriteLine($"({facts.Missed - missed} facts were lost, because the terminal was too slow)");
            missed = facts.Missed;
            if (LineOf(entry) is { } line) output.WriteLine(line);
        }
    }

    private string? LineOf(JournalEntry entry) => entry.Fact switch
    {
        LogLineWritten written => LineOf(entry.Time, written.FunctionName, written.Extension, written.Line),
        EdgeLineWritten written => LineOf(entry.Time, written.FunctionName, null, written.Line),
        _ => null,
    };

    private string? LineOf(DateTimeOffset time, string function, string? extension, string line)
    {
        if (format == LogFormat.Json)
            return JsonSerializer.Serialize(
                new LoggedLine(time, function, extension, line.TrimEnd()), LogJson.Default.LoggedLine);
        var name = names.GetValueOrDefault(function, function) + (extension is null ? "" : $"/{extension}");
        return ReadableLine.Of(line) is { } readable ? $"{time:HH:mm:ss.fff} {name,-14} {readable}" : null;
    }
}

/// <param name="Line">As the process or the platform wrote it; in JSON itself where the function logs in JSON.</param>
internal sealed record LoggedLine(DateTimeOffset Time, string Function, string? Extension, string Line);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LoggedLine))]
internal sealed partial class LogJson : JsonSerializerContext;
