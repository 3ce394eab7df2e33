using System.Text;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>One page of a list whose items have names.</summary>
/// <param name="Next">The token of the next page; null when this is the last.</param>
internal sealed record Page<T>(List<T> Items, string? Next);

internal static class Page
{
    /// <summary>The items after a token whose names begin with a prefix.</summary>
    /// <param name="items">In ordinal order of their names.</param>
    /// <param name="limit">1 to 100; null is 100.</param>
    /// <param name="token">The base64 of the last name of the page before; null for the first page.</param>
    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public static Page<T> Of<T>(
        IEnumerable<T> items, Func<T, string> nameOf, string? prefix, int? limit, string? token)
    {
        var most = limit ?? EventBridgeLimits.MaxListResults;
        if (most < 1) throw Limit(most, "Member must have value greater than or equal to 1");
        if (most > EventBridgeLimits.MaxListResults)
            throw Limit(most, "Member must have value less than or equal to 100");
        var after = string.IsNullOrEmpty(token) ? "" : Read(token);
        var page = items
            .Where(item => nameOf(item).StartsWith(prefix ?? "", StringComparison.Ordinal)
                && string.CompareOrdinal(nameOf(item), after) > 0)
            .Take(most + 1).ToList();
        if (page.Count <= most) return new Page<T>(page, null);
        page.RemoveAt(most);
        return new Page<T>(page, Convert.ToBase64String(Encoding.UTF8.GetBytes(nameOf(page[^1]))));
    }

    private static Wire.AwsException Limit(int value, string rule) =>
        EventBridgeErrors.Constraint($"'{value}'", "limit", rule);

    private static string Read(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var written)
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : throw EventBridgeErrors.Validation("Parameter NextToken is not valid.");
    }
}
