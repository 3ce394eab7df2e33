using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Asks a queue for messages.</summary>
public partial class ReceiveMessageRequest : AmazonSQSRequest
{
    public ReceiveMessageRequest()
    {
    }

    public ReceiveMessageRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    /// <summary>1 to 10.</summary>
    public int? MaxNumberOfMessages { get; set; }

    public List<string> MessageAttributeNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> MessageSystemAttributeNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string QueueUrl { get; set; }

    public string ReceiveRequestAttemptId { get; set; }

    /// <summary>0 to 43,200 s; null leaves it to the queue.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>0 to 20 s; null leaves it to the queue.</summary>
    public int? WaitTimeSeconds { get; set; }
}

/// <summary>The messages that were there; Messages is null when none was.</summary>
public partial class ReceiveMessageResponse : AmazonWebServiceResponse
{
    public List<Message> Messages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>A received message.</summary>
public partial class Message
{
    public Dictionary<string, string> Attributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Body { get; set; }

    public string MD5OfBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
        = AWSConfigs.InitializeCollections ? [] : null;

    public string MessageId { get; set; }

    public string ReceiptHandle { get; set; }
}
