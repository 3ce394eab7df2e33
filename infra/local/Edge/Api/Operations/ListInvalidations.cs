using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api.Operations;

/// <summary>Lists invalidations from new to old.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, ListInvalidations.</remarks>
internal sealed class ListInvalidations(CloudFrontApi api)
{
    /// <exception cref="AwsException">NoSuchDistribution, InvalidArgument.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var distribution = api.Find(request.Label);
        var page = ListPage.Read(request);
        var (listed, now) = distribution.Invalidations.Ask(
            static (state, page, now) => (state.List(page.Marker, page.MaxItems), now), page);
        if (listed is not var (items, isTruncated)) throw ListPage.InvalidMarker();
        await request.AnswerAsync(StatusCodes.Status200OK, "InvalidationList", xml =>
            page.Write(
                xml, items, isTruncated ? items[^1].Id : null,
                item => InvalidationXml.WriteSummary(xml, item, now)));
    }
}
