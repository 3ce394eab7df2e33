using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.StandIns;

namespace Amazon.SQS;

/// <summary>A client of Amazon SQS over its JSON protocol.</summary>
public partial class AmazonSQSClient : AmazonServiceClient, IAmazonSQS
{
    private static readonly IServiceMetadata Metadata = new ServiceMetadata("SQS");

    public AmazonSQSClient()
        : base(new AmazonSQSConfig())
    {
    }

    public AmazonSQSClient(RegionEndpoint region)
        : base(new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    public AmazonSQSClient(AmazonSQSConfig config)
        : base(config)
    {
    }

    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSQSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <summary>Where a request would be sent.</summary>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerBefore<Unmarshaller>(new DigestStep());
        pipeline.AddHandlerAfter<Marshaller>(new EndpointStep());
        pipeline.AddHandlerAfter<EndpointStep>(new AuthenticationStep());
    }

    private Task<TResponse> InvokeAsync<TResponse>(
        AmazonWebServiceRequest request, InvokeOptions operation, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        base.InvokeAsync<TResponse>(request, operation, cancellationToken);
}
