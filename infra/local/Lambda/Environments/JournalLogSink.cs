using System.Text;
using Isobar.Local.Costs;
using Isobar.Local.History;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// A line of a function's log. The journal keeps its beginning; the line is cut at <see cref="MaxCharacters"/>.
/// </summary>
/// <param name="RequestId">The invocation that was open; null before the first and between them.</param>
/// <param name="Platform">Written by the platform (START, REPORT, …) and not by the function.</param>
internal sealed record LogLineWritten(
    string FunctionName, string EnvironmentId, string? RequestId, bool Platform, string Line)
    : IFunctionFact, IChargedFact
{
    public const int MaxCharacters = 2_048;

    /// <summary>What CloudWatch Logs adds to each event's length.</summary>
    /// <remarks>Source: Amazon CloudWatch Logs API Reference, PutLogEvents.</remarks>
    private const int EventBytes = 26;

    /// <summary>Of the whole line, in UTF-8.</summary>
    public int Bytes { get; init; }

    /// <summary>The external extension that wrote the line; null for the runtime and the platform.</summary>
    public string? Extension { get; init; }

    string IChargedFact.Payer => FunctionName;

    public IEnumerable<Charge> Charges =>
        [new Charge(Meter.LogGigabytes, (Bytes + EventBytes) / Charge.GigabyteBytes)];
}

/// <summary>Makes facts of log lines. The journal forgets them with its other facts.</summary>
internal sealed class JournalLogSink(Journal journal) : ILogSink
{
    public void Write(LogLine line) => journal.Record(new LogLineWritten(
        line.FunctionName, line.EnvironmentId, line.RequestId, line.Platform,
        line.Text.Length > LogLineWritten.MaxCharacters ? line.Text[..LogLineWritten.MaxCharacters] : line.Text)
    {
        Extension = line.Extension,
        Bytes = Encoding.UTF8.GetByteCount(line.Text),
    });
}
