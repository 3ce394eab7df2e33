using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Says that a received message is done with.</summary>
public partial class DeleteMessageRequest : AmazonSQSRequest
{
    public DeleteMessageRequest()
    {
    }

    public DeleteMessageRequest(string queueUrl, string receiptHandle)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
    }

    public string QueueUrl { get; set; }

    public string ReceiptHandle { get; set; }
}

/// <summary>The message is gone.</summary>
public partial class DeleteMessageResponse : AmazonWebServiceResponse
{
}
