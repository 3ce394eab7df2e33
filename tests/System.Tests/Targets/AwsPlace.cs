using Amazon.Runtime;

namespace Isobar.Stories;

/// <summary>Where AWS's APIs are, and who calls them.</summary>
/// <param name="Endpoint">The one address of all services; null on AWS, where each has its own.</param>
internal sealed record AwsPlace(Uri? Endpoint, string Region, AWSCredentials Credentials)
{
    /// <summary>The address of a service.</summary>
    public Uri Of(string service) =>
        Endpoint is null
            ? new Uri($"https://{service}.{Region}.amazonaws.com")
            : new Uri(Endpoint.GetLeftPart(UriPartial.Authority));

    /// <summary>Points an SDK client's configuration at this place.</summary>
    public TConfig Configure<TConfig>(TConfig config) where TConfig : ClientConfig
    {
        if (Endpoint is null)
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(Region);
            return config;
        }

        config.ServiceURL = Endpoint.GetLeftPart(UriPartial.Authority);
        config.AuthenticationRegion = Region;
        config.UseHttp = Endpoint.Scheme == Uri.UriSchemeHttp;
        return config;
    }
}
