using System;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Lambda.Internal;
using Amazon.Util.Internal;

namespace Amazon.Lambda;

/// <summary>Settings of a client. AWS_ENDPOINT_URL_LAMBDA and AWS_ENDPOINT_URL are read by the SDK's core.</summary>
public partial class AmazonLambdaConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString(
        "Lambda", typeof(AmazonLambdaConfig).Assembly.GetName().Version.ToString());

    public AmazonLambdaConfig()
        : base(new DefaultConfigurationProvider(Enum.GetValues<DefaultConfigurationMode>().Select(Defaults)))
    {
        ServiceId = "Lambda";
        AuthenticationServiceName = "lambda";
        EndpointProvider = new EndpointRules();
    }

    public override string RegionEndpointServiceName => "lambda";

    public override string ServiceVersion => "2015-03-31";

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(EndpointStep.Parameters(this, parameters.AlternateEndpoint));

    // Source: the defaults modes of AWS's SDKs. They differ in how long a connection may take: 1.1 s near, 30 s
    // mobile.
    private static DefaultConfiguration Defaults(DefaultConfigurationMode mode)
    {
        var milliseconds = mode switch
        {
            DefaultConfigurationMode.InRegion or DefaultConfigurationMode.Auto => 1_100,
            DefaultConfigurationMode.Mobile => 30_000,
            _ => 3_100,
        };
        return new()
        {
            Name = mode,
            RetryMode = RequestRetryMode.Standard,
            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
            ConnectTimeout = TimeSpan.FromMilliseconds(milliseconds),
            TlsNegotiationTimeout = TimeSpan.FromMilliseconds(milliseconds),
        };
    }
}
