using System.Globalization;

namespace Isobar.Tests;

/// <summary>
/// Where random tests take their seeds from. The variable <c>ISOBAR_SEED</c> repeats one seed; without it a test uses
/// its own. Each seed is printed, so that a failure can be repeated.
/// </summary>
internal static class Seeds
{
    private const string Variable = "ISOBAR_SEED";

    /// <summary>The seed that the variable names; null when it is not set.</summary>
    public static int? Given { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The given seed, or one that differs from run to run.</summary>
    public static int Next() => Or(Random.Shared.Next());

    /// <summary>The given seed, or the one that the test usually has.</summary>
    public static int Or(int usual)
    {
        var seed = Given ?? usual;
        TestContext.Current.TestOutputHelper?.WriteLine($"{Variable}={seed.ToString(CultureInfo.InvariantCulture)}");
        return seed;
    }

    /// <summary>The given seed alone, or <paramref name="count"/> seeds from 1 on.</summary>
    public static IReadOnlyList<int> UpTo(int count) =>
        Given is { } seed ? [seed] : [.. Enumerable.Range(1, count)];

    private static int? Read(string? text) => string.IsNullOrEmpty(text)
        ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new FormatException($"{Variable} is '{text}': it takes a 32-bit whole number.");
}
