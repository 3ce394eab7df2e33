using System.Collections.Generic;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;
using static Amazon.Runtime.Internal.Endpoints.StandardLibrary.Fn;

namespace Amazon.StandIns;

/// <summary>The service's name for the SDK's own bookkeeping.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}

/// <summary>Gives each request its endpoint, by the client's settings.</summary>
internal sealed class EndpointStep : BaseEndpointResolver
{
    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint alternate)
    {
        var region = alternate?.SystemName ?? config.RegionEndpoint?.SystemName;
        if (region is null && !string.IsNullOrEmpty(config.ServiceURL))
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion)
                ? RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName
                : config.AuthenticationRegion;
        }

        return new EndpointParameters
        {
            ["Region"] = region,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);
}

/// <summary>
/// Where a service is: the configured endpoint, or the region's own. Source: the services' endpoint rule sets.
/// </summary>
/// <param name="prefix">The service's part of the host name, such as <c>sqs</c>.</param>
/// <param name="package">Which stand-in this is, for its errors.</param>
internal sealed class EndpointRules(string prefix, string package) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;
        if (fips || dualStack)
        {
            throw new AmazonClientException(
                $"The stand-in of {package} knows neither FIPS nor dual-stack endpoints.");
        }

        if (parameters["Endpoint"] is string { Length: > 0 } endpoint)
        {
            return new Endpoint(endpoint);
        }

        var region = parameters["Region"] as string;
        if (string.IsNullOrEmpty(region) || Partition(region) is not { } partition)
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        return new Endpoint($"https://{prefix}.{region}.{GetAttr(partition, "dnsSuffix")}");
    }
}

/// <summary>Every operation is signed with SigV4.</summary>
internal sealed class AuthenticationStep : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        AuthSchemeOption.DEFAULT_SIGV4;
}
