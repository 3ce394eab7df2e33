using Isobar.Local.Edge.Api.Operations;
using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api;

/// <summary>What of CloudFront's API is built: invalidations, and a look at the distribution.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, API version 2020-05-31, REST and XML.</remarks>
internal sealed class CloudFrontApi : IWireProtocol
{
    private const string Distributions = "/2020-05-31/distribution";
    private const string Invalidations = Distributions + "/{DistributionId}/invalidation";

    // Paths and actions are found as in the JSON form of this protocol; the documents and errors are CloudFront's own.
    private readonly RestJsonProtocol routes;

    private volatile ServedDistribution? served;

    public CloudFrontApi(Identifiers identifiers)
    {
        routes = new RestJsonProtocol(EdgeLimits.MaxApiRequestBytes)
            .Add(
                "CreateInvalidation", "POST", Invalidations, new CreateInvalidation(this, identifiers).HandleAsync,
                ArnOf)
            .Add("GetInvalidation", "GET", Invalidations + "/{Id}", new GetInvalidation(this).HandleAsync, ArnOf)
            .Add("ListInvalidations", "GET", Invalidations, new ListInvalidations(this).HandleAsync, ArnOf)
            .Add("GetDistribution", "GET", Distributions + "/{Id}", new GetDistribution(this).HandleAsync, ArnOf)
            .Add("ListDistributions", "GET", Distributions, new ListDistributions(this).HandleAsync);
    }

    public long MaxRequestBytes => routes.MaxRequestBytes;

    /// <summary>The host has one distribution, or none yet.</summary>
    public ServedDistribution? Served
    {
        get => served;
        set => served = value;
    }

    /// <exception cref="AwsException">NoSuchDistribution.</exception>
    public ServedDistribution Find(string id) =>
        served is { } found && found.Settings.Id == id ? found : throw CloudFrontErrors.NoSuchDistribution();

    public Task HandleAsync(HttpContext http, CallScope scope) => routes.HandleAsync(http, scope);

    public Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error) =>
        CloudFrontXml.WriteErrorAsync(http, scope, error);

    /// <summary>The ARN of a distribution, which is in no Region.</summary>
    public static string ArnOf(CallScope scope, string id) =>
        $"arn:aws:cloudfront::{scope.AccountId}:distribution/{id}";

    private static string ArnOf(RestRequest request) => ArnOf(request.Scope, request.Label);
}
