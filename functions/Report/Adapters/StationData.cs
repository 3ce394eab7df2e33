using Isobar.Stations;

namespace Isobar.Report;

/// <summary>The stations table.</summary>
public sealed class StationData(ReportRequests requests, StationReader reader) : IStationData
{
    public Task<ReportPage> ReadyAsync(int limit, string? after, CancellationToken cancellationToken) =>
        requests.ReadyAsync(limit, after, cancellationToken);

    public Task RemoveAsync(ReportRequest request, CancellationToken cancellationToken) =>
        requests.RemoveAsync(request, cancellationToken);

    public Task<IReadOnlyList<ServedMonth>> MonthsAsync(string station, CancellationToken cancellationToken) =>
        reader.MonthsAsync(station, null, null, cancellationToken);
}
