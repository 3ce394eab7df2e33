using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Edge.Handlers;

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
/// <param name="output">Takes lines of several threads.</param>
internal sealed class LogPrinter(LocalHost host, TextWriter output, LogFormat format)
{
    private const string FunctionEnding = "Function";

    // The name in the template, which is short, in the place of the function's, which ends in random characters.
    private readonly Dictionary<string, string> names = host.Stack.Resources
        .Where(resource => resource.LogicalId.EndsWith(FunctionEnding, StringComparison.Ordinal))
        .ToDictionary(resource => resource.PhysicalId, resource => resource.LogicalId[..^FunctionEnding.Length]);

    /// <summary>Prints until it is cancelled. A terminal that is too slow loses lines, and is told so.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(FollowFunctionsAsync(cancellationToken), FollowEdgeAsync(cancellationToken));

    private async Task FollowFunctionsAsync(CancellationToken cancellationToken)
    {
        using var lines = host.Log.Follow();
        var missed = 0L;
        await foreach (var line in lines.ReadAllAsync(cancellationToken))
        {
            SayMissed(lines.Missed - missed);
            missed = lines.Missed;
            Print(line.ServiceTime, line.FunctionName, line.Extension, line.Text);
        }
    }

    private async Task FollowEdgeAsync(CancellationToken cancellationToken)
    {
        using var facts = host.Journal.Subscribe(host.Journal.LastSequence);
        await foreach (var entry in facts.ReadAllAsync(cancellationToken))
            if (entry.Fact is EdgeLineWritten written) Print(entry.Time, written.FunctionName, null, written.Line);
    }

    private void SayMissed(long lines)
    {
        if (lines > 0 && format == LogFormat.Text)
            output.WriteLine($"({lines} lines were lost, because the terminal was too slow)");
    }

    private void Print(DateTimeOffset time, string function, string? extension, string line)
    {
        if (LineOf(time, function, extension, line) is { } text) output.WriteLine(text);
    }

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
