using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api.Operations;

/// <summary>Tells whether an invalidation is completed.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, GetInvalidation.</remarks>
internal sealed class GetInvalidation(CloudFrontApi api)
{
    /// <exception cref="AwsException">NoSuchDistribution, NoSuchInvalidation.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var (found, now) = api.Find(request.Label).Invalidations.Ask(
            static (state, id, now) => (state.Find(id), now), request.SecondLabel);
        if (found is null) throw CloudFrontErrors.NoSuchInvalidation();
        await request.AnswerAsync(
            StatusCodes.Status200OK, "Invalidation", xml => InvalidationXml.Write(xml, found, now));
    }
}
