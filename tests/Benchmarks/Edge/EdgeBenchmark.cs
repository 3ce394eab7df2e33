using System.Globalization;
using Isobar.Benchmarks.Invocations;

namespace Isobar.Benchmarks.Edge;

/// <summary>What functions at the viewer's events add to a cached page, on one distribution, in turns.</summary>
internal static class EdgeBenchmark
{
    private const int Rounds = 11, WarmUp = 5_000, CallsOneByOne = 2_000, Viewers = 4, CallsEach = 1_000;
    private const double MostAddedMilliseconds = 0.5;

    private static readonly (string Name, string Path)[] Kinds =
        [("no function", "/plain/x"), ("viewer-request", "/request/x"), ("both viewer events", "/both/x")];

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var host = await EdgeHost.StartAsync(Kinds.Select(kind => kind.Path));
        if (host.Address is not { } address)
        {
            Console.WriteLine("There is no Node.js on the PATH, so nothing is measured.");
            return 0;
        }

        return OneByOne(address) & Together(address) ? 0 : 1;
    }

    private static bool OneByOne(Uri address)
    {
        var callers = Start(address, 1);
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => callers.Select(kind => kind.OneByOne(CallsOneByOne)).ToArray()).ToArray();
        Console.WriteLine($"one by one: {CallsOneByOne} pages a round, the best of {Rounds} rounds for each figure");
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            Console.WriteLine(
                $"  {Kinds[kind].Name,-20} p50 {Best(kind, 0.5):0.000}   p99 {Best(kind, 0.99):0.000} ms   "
                    + $"added p50 {Added(kind, 0.5):0.000}   p99 {Added(kind, 0.99):0.000} ms");
        }

        End(callers);
        return Target.Report(
            $"a function at viewer-request adds at most {MostAddedMilliseconds} ms at p50",
            Added(1, 0.5) <= MostAddedMilliseconds);

        double Best(int kind, double part) => rounds.Min(round => round[kind].At(part));

        double Added(int kind, double part) =>
            new Spread(rounds.Select(round => round[kind].At(part) - round[0].At(part))).Median;
    }

    private static bool Together(Uri address)
    {
        var callers = Start(address, Viewers);
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => callers.Select(kind => kind.Together(CallsEach)).ToArray()).ToArray();
        Console.WriteLine($"{Viewers} viewers: {Viewers * CallsEach} pages a round, the best of {Rounds} rounds");
        for (var kind = 0; kind < Kinds.Length; kind++)
            Console.WriteLine($"  {Kinds[kind].Name,-20} {rounds.Max(round => round[kind]),8:0}/s");
        End(callers);
        return true;
    }

    private static Callers[] Start(Uri address, int count)
    {
        Callers[] callers = [.. Kinds.Select(kind =>
            new Callers(count, () => Caller.OfPage(address, kind.Path, EdgeHost.Page)))];
        foreach (var kind in callers) kind.Together(WarmUp / count);
        return callers;
    }

    private static void End(Callers[] callers)
    {
        foreach (var kind in callers) kind.Dispose();
    }
}
