using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.Lambda;

/// <summary>Settings of a client. AWS_ENDPOINT_URL_LAMBDA and AWS_ENDPOINT_URL are read by the SDK's core.</summary>
public partial class AmazonLambdaConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString(
        "Lambda", typeof(AmazonLambdaConfig).Assembly.GetName().Version.ToString());

    public AmazonLambdaConfig()
        : base(Defaults.Provider())
    {
        ServiceId = "Lambda";
        AuthenticationServiceName = "lambda";
        EndpointProvider = new EndpointRules("lambda", "AWSSDK.Lambda");
    }

    public override string RegionEndpointServiceName => "lambda";

    public override string ServiceVersion => "2015-03-31";

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(EndpointStep.Parameters(this, parameters.AlternateEndpoint));
}
