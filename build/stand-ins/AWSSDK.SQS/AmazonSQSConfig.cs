using System;
using System.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>Settings of a client. AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL are read by the SDK's core.</summary>
public partial class AmazonSQSConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString(
        "SQS", typeof(AmazonSQSConfig).Assembly.GetName().Version.ToString());

    public AmazonSQSConfig()
        : base(new DefaultConfigurationProvider(Enum.GetValues<DefaultConfigurationMode>().Select(Defaults)))
    {
        ServiceId = "SQS";
        AuthenticationServiceName = "sqs";
        EndpointProvider = new EndpointRules();
    }

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

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
