using System;
using System.Net;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>An error of Lambda's API; what a function failed with is no exception.</summary>
public partial class AmazonLambdaException : AmazonServiceException
{
    public AmazonLambdaException(string message)
        : base(message)
    {
    }

    public AmazonLambdaException(
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
