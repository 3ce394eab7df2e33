using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>Any request to Lambda.</summary>
public partial class AmazonLambdaRequest : AmazonWebServiceRequest
{
}
