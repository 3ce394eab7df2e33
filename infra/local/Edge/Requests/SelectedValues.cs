using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>The query parameters and cookies that policies take.</summary>
internal static class SelectedValues
{
    /// <returns>The parameters in the order of the request, without a question mark.</returns>
    public static string Queries(string query, ValueSelection selection)
    {
        if (selection.IsNone || query.Length == 0) return "";
        if (selection.IsInverted && selection.Names.Count == 0) return query;
        return string.Join('&', query.Split('&').Where(part => selection.Includes(NameOf(part))));
    }

    /// <returns>The value of a Cookie header: in the order of names, as CloudFront sends it to the origin.</returns>
    /// <remarks>Source: Amazon CloudFront Developer Guide, "Cache content based on cookies".</remarks>
    public static string Cookies(HeaderMap headers, ValueSelection selection)
    {
        if (selection.IsNone || !headers.TryGetValue("cookie", out var lines)) return "";
        const StringSplitOptions Clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        return string.Join("; ", lines
            .SelectMany(line => line.Value.Split(';', Clean))
            .Where(cookie => selection.Includes(NameOf(cookie)))
            .OrderBy(NameOf, StringComparer.Ordinal));
    }

    private static string NameOf(string pair)
    {
        var end = pair.IndexOf('=');
        return end < 0 ? pair : pair[..end];
    }
}
