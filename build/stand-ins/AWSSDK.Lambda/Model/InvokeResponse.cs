using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>Lambda took the event; HttpStatusCode is 202 where it was queued.</summary>
public partial class InvokeResponse : AmazonWebServiceResponse
{
}
