using System.Globalization;

namespace Isobar.Local.Experiments;

/// <summary>A request as CloudFront's access log has it; only what an experiment is counted from.</summary>
/// <param name="At">When it was answered, to the second.</param>
/// <param name="Viewer">The viewer's address.</param>
/// <param name="UserAgent">As it is written in the log, percent-encoded.</param>
/// <param name="Path">Without the query string.</param>
internal sealed record AccessLogLine(
    DateTimeOffset At, string Viewer, string UserAgent, string Method, string Path, int Status);

/// <summary>
/// Reads the lines of a standard access log by the names that its header gives to the columns.
/// </summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Standard logging reference": two header lines, <c>#Version</c> and
/// <c>#Fields</c>, then one line a request, separated by tabs.
/// </remarks>
internal sealed class AccessLogFormat
{
    private const string FieldsHeader = "#Fields:";

    private static readonly string[] Names =
        ["date", "time", "c-ip", "cs(User-Agent)", "cs-method", "cs-uri-stem", "sc-status"];

    private readonly int[] columns;

    private AccessLogFormat(int[] columns) => this.columns = columns;

    /// <summary>The columns, if the line names them.</summary>
    /// <exception cref="InvalidDataException">It does, and a column is missing.</exception>
    public static AccessLogFormat? TryRead(string line)
    {
        if (!line.StartsWith(FieldsHeader, StringComparison.Ordinal)) return null;
        var fields = line[FieldsHeader.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var columns = Array.ConvertAll(Names, name => Array.IndexOf(fields, name));
        var missing = Array.IndexOf(columns, -1);
        return missing < 0
            ? new AccessLogFormat(columns)
            : throw new InvalidDataException($"the access log has no column {Names[missing]}");
    }

    /// <exception cref="InvalidDataException">The line does not have these columns.</exception>
    public AccessLogLine Read(string line)
    {
        var parts = line.Split('\t');
        if (parts.Length > columns.Max()
            && DateTimeOffset.TryParseExact(
                $"{Of(parts, 0)} {Of(parts, 1)}", "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var at)
            && int.TryParse(Of(parts, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return new AccessLogLine(at, Of(parts, 2), Of(parts, 3), Of(parts, 4), Of(parts, 5), status);
        throw new InvalidDataException("a line of the access log does not have the columns that its header names");
    }

    private string Of(string[] parts, int name) => parts[columns[name]];
}
