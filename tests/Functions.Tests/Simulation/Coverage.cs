using System.Collections.Concurrent;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>What all runs together went through, so that nothing is claimed that never happened.</summary>
internal sealed class Coverage
{
    private readonly ConcurrentDictionary<string, int> times = new();

    public void Saw(string what) => times.AddOrUpdate(what, 1, static (_, seen) => seen + 1);

    public int Times(string what) => times.GetValueOrDefault(what);

    /// <summary>The steps of all workers that met this fate, in order of their names.</summary>
    public IEnumerable<string> StepsThat(Fate fate) => times.Keys
        .Where(what => what.EndsWith($": {fate}", StringComparison.Ordinal))
        .Select(what => what[..^$": {fate}".Length])
        .Order(StringComparer.Ordinal);

    public override string ToString() => string.Join(
        '\n', times.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
