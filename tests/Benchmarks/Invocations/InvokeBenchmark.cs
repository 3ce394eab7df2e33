using System.Globalization;

namespace Isobar.Benchmarks.Invocations;

/// <summary>
/// Latency and throughput of a warm invocation. Host and floor take turns, round by round, so that both see the same
/// machine; the best round counts for each figure, and the middle one of the rounds' ratios.
/// </summary>
internal static class InvokeBenchmark
{
    private const int Rounds = 11;
    private const int WarmUp = 20_000, CallsOneByOne = 2_000, Concurrent = 8, CallsEach = 750;
    private static readonly double[] Percentiles = [0.5, 0.9, 0.99];

    private const double MostMilliseconds = 0.5, LeastPerSecond = 2_000, MostByAlias = 1.05;

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var met = await CompareAsync(1, OneByOne) & await CompareAsync(Concurrent, Together) & await ByAliasAsync();
        return met ? 0 : 1;
    }

    /// <summary>Measures with as many callers as there are processes on either side.</summary>
    private static async Task<bool> CompareAsync(int count, Func<Callers, Callers, bool> measure)
    {
        await using var floor = await TwoHandOffs.StartAsync(count);
        await using var host = await ProbeHost.StartAsync();
        using var bare = new Callers(floor.Address, TwoHandOffs.Path, count);
        using var hosted = new Callers(host.Address, ProbeHost.Path, count);
        foreach (var callers in (Callers[])[bare, hosted]) callers.Together(WarmUp / count);
        return measure(bare, hosted);
    }

    private static bool OneByOne(Callers bare, Callers hosted)
    {
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => (Floor: bare.OneByOne(CallsOneByOne), Host: hosted.OneByOne(CallsOneByOne))).ToArray();
        Console.WriteLine($"one by one: {CallsOneByOne} calls a round, the best of {Rounds} rounds for each figure");
        Console.WriteLine($"  two hand-offs   {Best(round => round.Floor)}");
        Console.WriteLine($"  host            {Best(round => round.Host)}");
        Console.WriteLine("  host / floor    "
            + string.Join("    ", Percentiles.Select(part => $"p{part * 100:0} {Ratio(part):0.00}")));
        var fastest = rounds.Min(round => round.Host.At(0.5));
        return Target.Report($"p50 at most {MostMilliseconds} ms", fastest <= MostMilliseconds);

        string Best(Func<(Latencies Floor, Latencies Host), Latencies> side)
        {
            var best = Percentiles.Select(part => (Part: part, Least: rounds.Min(round => side(round).At(part))));
            return string.Join("   ", best.Select(figure => $"p{figure.Part * 100:0} {figure.Least:0.000}")) + " ms";
        }

        double Ratio(double part) =>
            new Spread(rounds.Select(round => round.Host.At(part) / round.Floor.At(part))).Median;
    }

    /// <summary>An invocation by name beside one by alias, one caller, in turns.</summary>
    private static async Task<bool> ByAliasAsync()
    {
        await using var host = await ProbeHost.StartAsync();
        using var name = new Callers(host.Address, ProbeHost.Path, 1);
        using var alias = new Callers(host.Address, ProbeHost.AliasPath, 1);
        foreach (var callers in (Callers[])[name, alias]) callers.Together(WarmUp);
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => (Name: name.OneByOne(CallsOneByOne), Alias: alias.OneByOne(CallsOneByOne))).ToArray();
        Console.WriteLine($"by alias: {CallsOneByOne} calls a round by name and as many by alias, {Rounds} rounds");
        Console.WriteLine($"  by name         p50 {rounds.Min(round => round.Name.At(0.5)):0.000} ms, the best");
        Console.WriteLine($"  by alias        p50 {rounds.Min(round => round.Alias.At(0.5)):0.000} ms, the best");
        var ratio = new Spread(rounds.Select(round => round.Alias.At(0.5) / round.Name.At(0.5))).Median;
        Console.WriteLine($"  alias / name    p50 {ratio:0.00}");
        return Target.Report($"an alias costs at most {MostByAlias - 1:P0} more", ratio <= MostByAlias);
    }

    private static bool Together(Callers bare, Callers hosted)
    {
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => (Floor: bare.Together(CallsEach), Host: hosted.Together(CallsEach))).ToArray();
        var (floor, host) = (rounds.Max(round => round.Floor), rounds.Max(round => round.Host));
        Console.WriteLine($"{Concurrent} callers: {Concurrent * CallsEach} calls a round, best of {Rounds} rounds");
        Console.WriteLine($"  two hand-offs   {floor,8:0}/s");
        Console.WriteLine($"  host            {host,8:0}/s");
        var ratios = new Spread(rounds.Select(round => round.Host / round.Floor));
        Console.WriteLine($"  host / floor    {ratios.Median:0.00}");
        return Target.Report($"at least {LeastPerSecond:0}/s", host >= LeastPerSecond);
    }
}
