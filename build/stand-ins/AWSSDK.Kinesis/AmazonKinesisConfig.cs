using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.Kinesis;

/// <summary>Settings of a client. AWS_ENDPOINT_URL_KINESIS and AWS_ENDPOINT_URL are read by the SDK's core.</summary>
public partial class AmazonKinesisConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString(
        "Kinesis", typeof(AmazonKinesisConfig).Assembly.GetName().Version.ToString());

    public AmazonKinesisConfig()
        : base(Defaults.Provider())
    {
        ServiceId = "Kinesis";
        AuthenticationServiceName = "kinesis";
        EndpointProvider = new EndpointRules("kinesis", "AWSSDK.Kinesis");
    }

    public override string RegionEndpointServiceName => "kinesis";

    public override string ServiceVersion => "2013-12-02";

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(EndpointStep.Parameters(this, parameters.AlternateEndpoint));
}
