using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Any request to SQS.</summary>
public partial class AmazonSQSRequest : AmazonWebServiceRequest
{
}
