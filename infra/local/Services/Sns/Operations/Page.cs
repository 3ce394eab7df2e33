using System.Text;
using System.Xml;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>One page of a list whose items have ARNs, which are in ordinal order.</summary>
internal static class Page
{
    /// <summary>Writes the items after a token, 100 at most, and the token of the next page.</summary>
    /// <param name="token">The base64 of the last ARN of the page before; null for the first page.</param>
    /// <exception cref="Wire.AwsException">InvalidParameter: no token of ours.</exception>
    public static void Write<T>(
        XmlWriter result, string list, IEnumerable<T> items, Func<T, string> arnOf, string? token, Action<T> write)
    {
        var after = token is null ? "" : Read(token);
        var page = items.Where(item => string.CompareOrdinal(arnOf(item), after) > 0)
            .Take(SnsLimits.PageSize + 1).ToList();
        result.WriteStartElement(list);
        foreach (var item in page.Take(SnsLimits.PageSize))
        {
            result.WriteStartElement("member");
            write(item);
            result.WriteEndElement();
        }

        result.WriteEndElement();
        if (page.Count <= SnsLimits.PageSize) return;
        result.WriteElementString(
            "NextToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(arnOf(page[SnsLimits.PageSize - 1]))));
    }

    private static string Read(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw SnsErrors.InvalidParameter("NextToken");
        }
    }
}
