using System.Globalization;

namespace Isobar.Local.Tests;

/// <summary>The seed of a test that draws: given by ISOBAR_SEED to repeat a run, and printed always.</summary>
internal static class Seed
{
    public static int Choose()
    {
        var seed = Environment.GetEnvironmentVariable("ISOBAR_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"ISOBAR_SEED={seed}");
        return seed;
    }
}
