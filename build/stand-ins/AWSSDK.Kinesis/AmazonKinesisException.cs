using System;
using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>An error of Kinesis's API; what it refused of a batch is no exception.</summary>
public partial class AmazonKinesisException : AmazonServiceException
{
    public AmazonKinesisException(string message)
        : base(message)
    {
    }

    public AmazonKinesisException(
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
