using System.Globalization;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>The measurements of all starts with one share of the processor, as a table in Markdown.</summary>
/// <param name="floor">The empty function's.</param>
internal sealed class ColdTable(int memoryMb, ColdSubject floor)
{
    private readonly Dictionary<ColdSubject, List<ColdStart>> starts = [];

    public int MemoryMb => memoryMb;

    public void Add(ColdSubject subject, ColdStart start)
    {
        if (!starts.TryGetValue(subject, out var all)) starts.Add(subject, all = []);
        all.Add(start);
    }

    /// <summary>How long a caller waits who finds no environment, in milliseconds.</summary>
    public Spread Wait(ColdSubject subject) => Of(
        subject, start => subject.IsProvisioned ? start.First : start.Init + start.First);

    public IEnumerable<string> Lines()
    {
        yield return "| function | way | init, ms | first call, ms | a caller waits, ms | ÷ empty | second call, ms "
            + "| resident, MB | package, MB |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (var subject in starts.Keys)
        {
            var init = Text(Of(subject, start => start.Init), "0");
            var ratio = Wait(subject).Median / Wait(floor).Median;
            var resident = new Spread(starts[subject].Select(start => start.ResidentBytes / 1e6));
            string[] cells =
            [
                subject.Name, subject.Way, subject.IsProvisioned ? $"before: {init}" : init,
                Text(Of(subject, start => start.First), "0"), Text(Wait(subject), "0"),
                ratio.ToString("0.0", CultureInfo.InvariantCulture),
                Text(Of(subject, start => start.Second), "0.0"),
                resident.Median.ToString("0", CultureInfo.InvariantCulture),
                (subject.ZippedBytes / 1e6).ToString("0.00", CultureInfo.InvariantCulture),
            ];
            yield return $"| {string.Join(" | ", cells)} |";
        }
    }

    private Spread Of(ColdSubject subject, Func<ColdStart, TimeSpan> time) =>
        new(starts[subject].Select(start => time(start).TotalMilliseconds));

    private static string Text(Spread spread, string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spread.Median.ToString(format)} ({spread.Min.ToString(format)}–{spread.Max.ToString(format)})");
}
