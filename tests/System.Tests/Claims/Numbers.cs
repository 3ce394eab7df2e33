using System.Globalization;

namespace Isobar.Stories.Claims;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    /// <summary>The median of milliseconds, and the least and the most of them.</summary>
    public static string Spread(IReadOnlyCollection<double> milliseconds)
    {
        var ordered = milliseconds.Order().ToArray();
        return $"{Short(ordered[ordered.Length / 2])} ms ({Short(ordered[0])} to {Short(ordered[^1])})";
    }

    public static string Bytes(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes";

    private static string Short(double number) =>
        number.ToString(number < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
