using System.IO.Compression;
using System.Text;
using Isobar.Local.Edge.Requests;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.AccessLogs;

/// <summary>A file of the access log is in its bucket.</summary>
internal sealed record EdgeLogWritten(string Key, int Lines) : IFact
{
    string? IFact.Resource => Key;
}

/// <summary>A file of the access log could not be written; its lines are lost, as CloudFront's may be.</summary>
internal sealed record EdgeLogLost(string Key, int Lines, string Why) : IFact
{
    string? IFact.Resource => Key;
}

/// <summary>The access log: compressed files in a bucket, in standard logging's (legacy) form.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Configure standard logging (legacy)", for the files' names. CloudFront
/// writes several times an hour; here it is <see cref="EdgeLimits.LogInterval"/> of service time after the first line.
/// </remarks>
internal sealed class AccessLog : IDisposable
{
    private const int UniqueBytes = 4;

    private readonly Monitor<AccessLogState, LogFile> monitor;
    private readonly DistributionSettings settings;
    private readonly LogSettings log;
    private readonly Origin origin;
    private readonly Identifiers identifiers;
    private readonly Journal journal;

    public AccessLog(
        DistributionSettings settings, LogSettings log, Origin origin, ServiceClock clock, Identifiers identifiers,
        Journal journal)
    {
        (this.settings, this.log, this.origin, this.identifiers, this.journal) =
            (settings, log, origin, identifiers, journal);
        // Nobody waits for it: a jump to the next timer passes it by.
        monitor = new Monitor<AccessLogState, LogFile>(
            "edge access log", new AccessLogState(), clock, (file, lease) => _ = WriteAsync(file, lease.TakeOver()),
            isPassive: true);
    }

    public void Add(LoggedRequest request) => monitor.Post((state, now) => state.Add(request, now));

    public void Dispose() => monitor.Dispose();

    private async Task WriteAsync(LogFile file, Activity.Lease lease)
    {
        using var work = lease;
        var key = $"{log.Prefix}{settings.Id}.{file.Lines[0].At:yyyy-MM-dd-HH}.{identifiers.NewHex(UniqueBytes)}.gz";
        var why = await origin.PutAsync(log.Bucket, key, Compressed(file));
        journal.Record(why is null
            ? new EdgeLogWritten(key, file.Lines.Count)
            : new EdgeLogLost(key, file.Lines.Count, why));
    }

    private byte[] Compressed(LogFile file)
    {
        var text = new StringBuilder(LogFields.Header);
        foreach (var (at, request) in file.Lines) LogFields.Append(text, at, request, log.IncludesCookies);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return compressed.ToArray();
    }
}
