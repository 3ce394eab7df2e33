using System.Threading;
using System.Threading.Tasks;
using Amazon.Kinesis.Internal;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.Kinesis;

/// <summary>A client of Kinesis Data Streams over its JSON protocol.</summary>
public partial class AmazonKinesisClient : AmazonServiceClient, IAmazonKinesis
{
    private static readonly IServiceMetadata Metadata = new ServiceMetadata("Kinesis");

    public AmazonKinesisClient()
        : base(new AmazonKinesisConfig())
    {
    }

    public AmazonKinesisClient(AmazonKinesisConfig config)
        : base(config)
    {
    }

    public AmazonKinesisClient(AWSCredentials credentials, AmazonKinesisConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public virtual Task<PutRecordsResponse> PutRecordsAsync(
        PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutRecordsResponse>(request, new PutRecordsOperation(), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new EndpointStep());
        pipeline.AddHandlerAfter<EndpointStep>(new AuthenticationStep());
    }
}
