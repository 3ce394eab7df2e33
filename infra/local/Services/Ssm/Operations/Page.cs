using System.Text;

namespace Isobar.Local.Services.Ssm.Operations;

/// <summary>Pages of lists. A token is the last item's name, so nothing is lost when items are deleted.</summary>
internal static class Page
{
    /// <param name="all">In the order of their names.</param>
    /// <param name="isAfter">Whether an item comes after the name in a token.</param>
    /// <exception cref="Wire.AwsException">InvalidNextToken.</exception>
    public static (IReadOnlyList<T> Items, string? NextToken) Of<T>(
        IEnumerable<T> all, Func<T, string> nameOf, Func<T, string, bool> isAfter, int size, string? token)
    {
        if (token is not null)
        {
            var last = Decode(token);
            all = all.SkipWhile(item => !isAfter(item, last));
        }

        var items = all.Take(size + 1).ToList();
        if (items.Count <= size) return (items, null);
        items.RemoveAt(size);
        return (items, Convert.ToBase64String(Encoding.UTF8.GetBytes(nameOf(items[^1]))));
    }

    /// <summary>A page of parameters.</summary>
    public static (IReadOnlyList<Parameter> Items, string? NextToken) Of(
        IEnumerable<Parameter> all, int size, string? token) => Of(
            all, known => known.Latest.Name, (known, last) => string.CompareOrdinal(known.Latest.Name, last) > 0,
            size, token);

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw SsmErrors.InvalidNextToken();
    }
}
