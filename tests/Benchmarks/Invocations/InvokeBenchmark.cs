using System.Globalization;

namespace Isobar.Benchmarks.Invocations;

/// <summary>
/// Latency and throughput of a warm invocation. Host and floor take turns, round by round, so that both see the same
/// machine; the best round of each is printed, and the middle one of the rounds' ratios.
/// </summary>
internal static class InvokeBenchmark
{
    private const int Rounds = 7;
    private const int WarmUp = 4_000, CallsOneByOne = 2_000, Concurrent = 8, CallsEach = 750;
    private const double MostMilliseconds = 0.5, LeastPerSecond = 2_000;

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var floor = await TwoHandOffs.StartAsync(Concurrent);
        await using var host = await ProbeHost.StartAsync();
        using var bare = new Callers(floor.Address, TwoHandOffs.Path, Concurrent);
        using var hosted = new Callers(host.Address, ProbeHost.Path, Concurrent);
        foreach (var callers in (Callers[])[bare, hosted])
        {
            callers.Together(WarmUp / Concurrent);
            callers.OneByOne(WarmUp);
        }

        var met = OneByOne(bare, hosted) & Together(bare, hosted);
        return met ? 0 : 1;
    }

    private static bool OneByOne(Callers bare, Callers hosted)
    {
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => (Floor: bare.OneByOne(CallsOneByOne), Host: hosted.OneByOne(CallsOneByOne))).ToArray();
        var floor = rounds.Select(round => round.Floor).MinBy(latencies => latencies.At(0.5))!;
        var host = rounds.Select(round => round.Host).MinBy(latencies => latencies.At(0.5))!;
        Console.WriteLine($"one by one: {CallsOneByOne} calls a round, best of {Rounds} rounds");
        Console.WriteLine($"  two hand-offs   {floor}");
        Console.WriteLine($"  host            {host}");
        Console.WriteLine(
            $"  host / floor    p50 {Ratio(0.5):0.00}    p90 {Ratio(0.9):0.00}    p99 {Ratio(0.99):0.00}");
        return Target.Report($"p50 at most {MostMilliseconds} ms", host.At(0.5) <= MostMilliseconds);

        double Ratio(double part) =>
            new Spread(rounds.Select(round => round.Host.At(part) / round.Floor.At(part))).Median;
    }

    private static bool Together(Callers bare, Callers hosted)
    {
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => (Floor: bare.Together(CallsEach), Host: hosted.Together(CallsEach))).ToArray();
        var (floor, host) = (rounds.Max(round => round.Floor), rounds.Max(round => round.Host));
        Console.WriteLine($"{Concurrent} callers: {Concurrent * CallsEach} calls a round, best of {Rounds} rounds");
        Console.WriteLine($"  two hand-offs   {floor,8:0}/s");
        Console.WriteLine($"  host            {host,8:0}/s");
        Console.WriteLine(
            $"  host / floor    {new Spread(rounds.Select(round => round.Host / round.Floor)).Median:0.00}");
        return Target.Report($"at least {LeastPerSecond:0}/s", host >= LeastPerSecond);
    }
}
