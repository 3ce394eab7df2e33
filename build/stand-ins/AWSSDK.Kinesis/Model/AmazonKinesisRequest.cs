using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Any request to Kinesis.</summary>
public partial class AmazonKinesisRequest : AmazonWebServiceRequest
{
}
