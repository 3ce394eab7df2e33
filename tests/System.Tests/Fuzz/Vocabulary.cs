namespace Isobar.Stories.Fuzz;

/// <summary>Words of the services, right and wrong ones.</summary>
internal static class Vocabulary
{
    public static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"];

    public static readonly string[] SqsOperations =
    [
        "CreateQueue", "GetQueueUrl", "GetQueueAttributes", "SendMessage", "SendMessageBatch", "ReceiveMessage",
        "DeleteMessage", "DeleteMessageBatch", "ChangeMessageVisibility", "PurgeQueue", "ListQueues", "TagQueue", "",
    ];

    public static readonly string[] SqsMembers =
    [
        "QueueUrl", "QueueName", "Attributes", "AttributeNames", "Entries", "Id", "MessageBody", "MessageAttributes",
        "DataType", "DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "ReceiptHandle", "Nonsense",
    ];

    public static readonly string[] DynamoDbOperations =
    [
        "PutItem", "GetItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "TransactWriteItems",
        "DescribeTable", "ListTables", "CreateTable", "",
    ];

    public static readonly string[] DynamoDbMembers =
    [
        "TableName", "Key", "Item", "job", "item", "S", "N", "B", "M", "L", "NS", "BOOL", "NULL",
        "ConditionExpression", "UpdateExpression", "KeyConditionExpression", "FilterExpression",
        "ProjectionExpression", ":j", "#a", "Limit",
        "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValues", "TransactItems", "Put", "Update",
        "RequestItems", "ExclusiveStartKey", "Keys",
    ];

    public static readonly string[] QueryActions =
        ["DescribeStacks", "ListStackResources", "GetCallerIdentity", "AssumeRole", "CreateStack", ""];

    public static readonly string[] S3Paths =
    [
        "/", "/isobar-data-000000000000-us-east-1", "/isobar-data-000000000000-us-east-1/k1",
        "/isobar-data-000000000000-us-east-1/k2", "/none/k",
        "//", "/a%FF",
    ];

    public static readonly string[] S3Queries =
    [
        "versions", "versioning", "uploads", "uploadId", "partNumber", "delete", "notification", "location", "prefix",
        "list-type=2", "max-keys", "versionId", "continuation-token", "X-Amz-Expires", "X-Amz-Credential",
        "X-Amz-Signature", "tagging", "acl", "marker",
    ];

    public static readonly string[] S3Headers =
    [
        "Range", "If-Match", "If-None-Match", "Content-MD5", "x-amz-content-sha256", "x-amz-checksum-crc32",
        "x-amz-copy-source", "x-amz-decoded-content-length", "x-amz-trailer", "Content-Encoding", "x-amz-meta-a",
        "Expires", "If-Modified-Since",
    ];

    public static readonly string[] S3HeaderValues =
    [
        "*", "1", "-1", "bytes=0-0", "bytes=9-1", "AAAAAA==", "aws-chunked", "UNSIGNED-PAYLOAD", "ü",
        "a/b?versionId=c", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    ];

    public static readonly string[] Signatures =
    [
        "", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f",
        "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request,",
        "AWS4-HMAC-SHA256 Credential=////aws4_request", "AWS a:b", "Bearer x", "Basic é",
        "AWS4-HMAC-SHA256 Credential=a/20260101/\u00ff/s3/aws4_request, SignedHeaders=, Signature=",
    ];

    public static readonly string[] LambdaTails =
    [
        "/invocations", "/invocations", "", "/configuration", "/versions", "/invocations?Qualifier=2",
        "?Qualifier=%00",
    ];

    public static readonly string[] RuntimePaths =
    [
        "/2018-06-01/runtime/invocation/x/response", "/2018-06-01/runtime/invocation/x/error", "/2018-06-01/ping",
        "/", "/2018-06-01/runtime/init/error", "/2018-06-01/runtime/", "/2020-01-01/extension/register",
        "/2018-06-01/runtime/invocation//response",
    ];

    public static readonly string[] ClockPaths = ["", "/", "/advance", "/nothing", "/next/x"];

    public static readonly string[] ClockBodies =
        ["", "{", "[]", "null", """{"by":"x"}""", """{"by":7}""", """{"by":"-PT1S"}""", """{"by":"P99D"}"""];
}
