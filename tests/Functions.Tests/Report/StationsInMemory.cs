using Isobar.Domain;
using Isobar.Functions.Tests.Import;
using Isobar.Report;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Report;

/// <summary>The stations table in memory: what is to be written, and the months as they are now.</summary>
/// <param name="disorder">Loses calls, and lets others get in between; null for none of that.</param>
internal sealed class StationsInMemory(Disorder? disorder = null) : IStationData, IJobCounts
{
    private readonly SortedDictionary<string, (ReportRequest Request, bool IsReady)> requests =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<ServedMonth>> months = [];

    /// <summary>Is called before requests are looked at.</summary>
    public Action OnLook { get; set; } = () => { };

    /// <summary>Is called when a station's months are read, after they are.</summary>
    public Action<string> OnRead { get; set; } = _ => { };

    public IEnumerable<ReportRequest> Requests => requests.Values.Select(entry => entry.Request);

    /// <summary>A version of the station's source is written and asks for the page; it is not current yet.</summary>
    public void Ask(string station, int version, string source = "source") =>
        Put(new ReportRequest(station, source, $"{version:D4}"), isReady: false);

    /// <summary>The newest version that has asked is current.</summary>
    public void Show(string station, IReadOnlyList<ServedMonth> served, string source = "source")
    {
        months[station] = served;
        foreach (var request in Requests.Where(each => each.Station == station && each.Source == source).ToArray())
            Put(request, isReady: true);
    }

    public IReadOnlyList<ServedMonth> MonthsOf(string station) => months.GetValueOrDefault(station) ?? [];

    public Task<ReportPage> ReadyAsync(int limit, string? after, CancellationToken cancellationToken) =>
        CallAsync(() =>
        {
            OnLook();
            cancellationToken.ThrowIfCancellationRequested();
            var looked = requests.Where(entry => after is null || string.CompareOrdinal(entry.Key, after) > 0)
                .Take(limit).ToArray();
            return new ReportPage(
                [.. looked.Where(entry => entry.Value.IsReady).Select(entry => entry.Value.Request)],
                looked.Length == limit ? looked[^1].Key : null);
        });

    public Task RemoveAsync(ReportRequest request, CancellationToken cancellationToken) =>
        CallAsync(() => requests.Remove(KeyOf(request)));

    public Task<IReadOnlyList<ServedMonth>> MonthsAsync(string station, CancellationToken cancellationToken) =>
        CallAsync(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var served = MonthsOf(station);
            OnRead(station);
            return served;
        });

    public Task<JobCounts?> FindAsync(string job, CancellationToken cancellationToken) =>
        CallAsync<JobCounts?>(() => new JobCounts(90, 1, 2, 3));

    private void Put(ReportRequest request, bool isReady) => requests[KeyOf(request)] = (request, isReady);

    private static string KeyOf(ReportRequest request) => $"{request.Station}#{request.Source}#{request.Order}";

    private Task<T> CallAsync<T>(Func<T> call) =>
        disorder is null ? Task.FromResult(call()) : disorder.CallAsync(() => Task.FromResult(call()));
}
