using System.Globalization;
using System.Xml;
using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api;

/// <summary>The page of a list that a caller asks for.</summary>
/// <param name="Marker">Null for the first page.</param>
internal sealed record ListPage(string? Marker, int MaxItems)
{
    /// <exception cref="AwsException">InvalidArgument: MaxItems is no number from 1 to 100.</exception>
    public static ListPage Read(RestRequest request)
    {
        var most = EdgeLimits.MaxListItems;
        if (request.Query("MaxItems") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out most)
                || most is < 1 or > EdgeLimits.MaxListItems))
            throw CloudFrontErrors.InvalidArgument(
                $"The parameter MaxItems must be an integer from 1 to {EdgeLimits.MaxListItems}.");
        return new ListPage(request.Query("Marker"), most);
    }

    public static AwsException InvalidMarker() =>
        CloudFrontErrors.InvalidArgument("The parameter Marker is invalid.");

    /// <summary>Writes the elements of a list.</summary>
    /// <param name="next">The marker of the next page; null on the last.</param>
    public void Write<T>(XmlWriter xml, IReadOnlyCollection<T> items, string? next, Action<T> write)
    {
        xml.WriteElementString("Marker", Marker ?? "");
        if (next is not null) xml.WriteElementString("NextMarker", next);
        xml.Write("MaxItems", MaxItems);
        xml.Write("IsTruncated", next is not null);
        xml.Write("Quantity", items.Count);
        if (items.Count == 0) return;
        xml.Write("Items", () =>
        {
            foreach (var item in items) write(item);
        });
    }
}
