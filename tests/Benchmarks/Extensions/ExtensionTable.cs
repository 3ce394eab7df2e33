using System.Globalization;
using Isobar.Benchmarks.ColdStarts;
using Isobar.Local.Costs;

namespace Isobar.Benchmarks.Extensions;

/// <summary>All reports with one share of the processor, as a table in Markdown.</summary>
internal sealed class ExtensionTable(CpuShare share)
{
    private const decimal Million = 1_000_000;

    private readonly Dictionary<
        ExtensionSubject, (List<ExtensionReport> Cold, List<ExtensionReport> Warm)> reports = [];

    public CpuShare Share => share;

    public IEnumerable<ExtensionSubject> Subjects => reports.Keys;

    private ExtensionSubject None => reports.Keys.First();

    public void Add(ExtensionSubject subject, ExtensionReport report)
    {
        if (!reports.TryGetValue(subject, out var both)) reports.Add(subject, both = ([], []));
        (report.Init is null ? both.Warm : both.Cold).Add(report);
    }

    public double Init(ExtensionSubject subject) => Of(reports[subject].Cold, report => report.Init!.Value).Median;

    public double Overhead(ExtensionSubject subject) => Of(reports[subject].Warm, report => report.Overhead).Median;

    /// <summary>Of a subject, without a subject that is not there.</summary>
    public double InitOverNone(ExtensionSubject subject) => Init(subject) - Init(None);

    public IEnumerable<string> Lines()
    {
        yield return "| extension | init, ms | over none | a caller waits, cold, ms | warm: duration, ms "
            + "| after the answer, ms | billed, ms | memory, MB | a million warm calls, $ more "
            + "| 10,000 cold starts, $ more |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (var (subject, (cold, warm)) in reports)
        {
            string[] cells =
            [
                subject.Name, Text(Of(cold, report => report.Init!.Value), "0"),
                subject == None ? "" : Number(InitOverNone(subject), "+0;-0;0"),
                Text(Of(cold, report => report.Waited), "0"), Text(Of(warm, report => report.Duration), "0.00"),
                Text(Of(warm, report => report.Overhead), "0.00"),
                Number(warm.Average(report => report.Billed), "0.0"),
                Number(Of([.. cold, .. warm], report => report.MemoryMb).Median, "0"),
                Dollars(subject, warm, reports[None].Warm, Million),
                Dollars(subject, cold, reports[None].Cold, 10_000),
            ];
            yield return $"| {string.Join(" | ", cells)} |";
        }
    }

    // By what is billed on average, with the memory of this share.
    private string Dollars(
        ExtensionSubject subject, List<ExtensionReport> with, List<ExtensionReport> without, decimal calls)
    {
        if (subject == None) return "";
        var more = (decimal)(with.Average(report => report.Billed) - without.Average(report => report.Billed));
        var gigabyteSeconds = calls * more / 1_000 * share.MemoryMb / 1_024;
        return Prices.Of(Meter.LambdaGigabyteSeconds).Of(gigabyteSeconds)
            .ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture);
    }

    private static Spread Of(IReadOnlyList<ExtensionReport> reports, Func<ExtensionReport, double> value) =>
        new(reports.Select(value));

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Text(Spread spread, string format) =>
        $"{Number(spread.Median, format)} ({Number(spread.Min, format)}–{Number(spread.Max, format)})";
}
