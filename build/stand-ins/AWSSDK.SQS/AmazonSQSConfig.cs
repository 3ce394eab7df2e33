using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>Settings of a client. AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL are read by the SDK's core.</summary>
public partial class AmazonSQSConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString(
        "SQS", typeof(AmazonSQSConfig).Assembly.GetName().Version.ToString());

    public AmazonSQSConfig()
        : base(Defaults.Provider())
    {
        ServiceId = "SQS";
        AuthenticationServiceName = "sqs";
        EndpointProvider = new EndpointRules("sqs", "AWSSDK.SQS");
    }

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(EndpointStep.Parameters(this, parameters.AlternateEndpoint));
}
