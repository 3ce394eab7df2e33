using System;
using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>
/// An error of SQS; ErrorCode is the one of its Query protocol, such as AWS.SimpleQueueService.NonExistentQueue.
/// </summary>
public partial class AmazonSQSException : AmazonServiceException
{
    public AmazonSQSException(string message)
        : base(message)
    {
    }

    public AmazonSQSException(
        string message,
        Exception innerException,
        ErrorType errorType,
        string errorCode,
        string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
