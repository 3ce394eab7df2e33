using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Hides a received message for longer, or shows it again.</summary>
public partial class ChangeMessageVisibilityRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityRequest()
    {
    }

    public ChangeMessageVisibilityRequest(string queueUrl, string receiptHandle, int? visibilityTimeout)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
        VisibilityTimeout = visibilityTimeout;
    }

    public string QueueUrl { get; set; }

    public string ReceiptHandle { get; set; }

    /// <summary>0 to 43,200 s from now.</summary>
    public int? VisibilityTimeout { get; set; }
}

/// <summary>The message is hidden for the time asked for.</summary>
public partial class ChangeMessageVisibilityResponse : AmazonWebServiceResponse
{
}
