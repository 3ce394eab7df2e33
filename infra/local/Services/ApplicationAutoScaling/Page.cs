using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>What the operations that list have in common.</summary>
internal static class Page
{
    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckNamespace(string? @namespace)
    {
        if (@namespace is null)
            throw ScalingErrors.Constraints(
                ["Value null at 'serviceNamespace' failed to satisfy constraint: Member must not be null"]);
    }

    /// <summary>A page of a list; the token is the place at which the next one begins.</summary>
    /// <exception cref="AwsException">ValidationException; InvalidNextTokenException.</exception>
    public static (IReadOnlyList<T> Items, string? Next) Of<T>(IEnumerable<T> all, int? maxResults, string? token)
    {
        if (maxResults is < 1 or > ScalingLimits.MaxOnPage)
            throw ScalingErrors.Validation($"MaxResults must be from 1 to {ScalingLimits.MaxOnPage}.");
        var begin = 0;
        if (token is not null && !int.TryParse(
            token, NumberStyles.None, CultureInfo.InvariantCulture, out begin)) throw ScalingErrors.InvalidToken();
        var size = maxResults ?? ScalingLimits.MaxOnPage;
        var items = all.Skip(begin).Take(size + 1).ToArray();
        return items.Length > size
            ? (items[..size], (begin + size).ToString(CultureInfo.InvariantCulture))
            : (items, null);
    }

    /// <summary>An instant as the protocol has it: seconds since 1970.</summary>
    public static double Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1_000.0;

    public static DateTimeOffset? Instant(double? seconds) => seconds is { } value
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(value * 1_000))
        : null;
}
