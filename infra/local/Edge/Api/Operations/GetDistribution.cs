using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api.Operations;

/// <summary>Shows the distribution with its configuration.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, GetDistribution.</remarks>
internal sealed class GetDistribution(CloudFrontApi api)
{
    /// <exception cref="AwsException">NoSuchDistribution.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var found = api.Find(request.Label);
        var inProgress = found.Invalidations.Ask((state, now) => state.CountInProgress(now));
        request.Http.Response.Headers.ETag = DistributionXml.ETag(found);
        var arn = CloudFrontApi.ArnOf(request.Scope, found.Settings.Id);
        await request.AnswerAsync(
            StatusCodes.Status200OK, "Distribution", xml => DistributionXml.Write(xml, found, arn, inProgress));
    }
}
