using Isobar.Stations;

namespace Isobar.Report;

/// <summary>The stations whose pages are to be written, and their months.</summary>
public interface IStationData
{
    /// <inheritdoc cref="ReportRequests.ReadyAsync"/>
    Task<ReportPage> ReadyAsync(int limit, string? after, CancellationToken cancellationToken);

    /// <inheritdoc cref="ReportRequests.RemoveAsync"/>
    Task RemoveAsync(ReportRequest request, CancellationToken cancellationToken);

    /// <summary>All months of a station, ordered, as they are at this moment.</summary>
    Task<IReadOnlyList<ServedMonth>> MonthsAsync(string station, CancellationToken cancellationToken);
}
