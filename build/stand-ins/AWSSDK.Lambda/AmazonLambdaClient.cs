using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Internal;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.Lambda;

/// <summary>A client of AWS Lambda over its REST protocol.</summary>
public partial class AmazonLambdaClient : AmazonServiceClient, IAmazonLambda
{
    private static readonly IServiceMetadata Metadata = new ServiceMetadata("Lambda");

    public AmazonLambdaClient()
        : base(new AmazonLambdaConfig())
    {
    }

    public AmazonLambdaClient(AmazonLambdaConfig config)
        : base(config)
    {
    }

    public AmazonLambdaClient(AWSCredentials credentials, AmazonLambdaConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public virtual Task<InvokeResponse> InvokeAsync(
        InvokeRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<InvokeResponse>(request, new InvokeOperation(), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new EndpointStep());
        pipeline.AddHandlerAfter<EndpointStep>(new AuthenticationStep());
    }
}
