using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api.Operations;

/// <summary>Lists the distribution, if there is one.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, ListDistributions.</remarks>
internal sealed class ListDistributions(CloudFrontApi api)
{
    /// <exception cref="AwsException">InvalidArgument.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var page = ListPage.Read(request);
        var served = api.Served;
        if (page.Marker is not null && page.Marker != served?.Settings.Id) throw ListPage.InvalidMarker();
        ServedDistribution[] items = served is null || page.Marker is not null ? [] : [served];
        await request.AnswerAsync(StatusCodes.Status200OK, "DistributionList", xml =>
            page.Write(
                xml, items, null,
                item => DistributionXml.WriteSummary(
                    xml, item, CloudFrontApi.ArnOf(request.Scope, item.Settings.Id))));
    }
}
