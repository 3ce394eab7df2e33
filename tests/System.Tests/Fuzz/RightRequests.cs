namespace Isobar.Stories.Fuzz;

/// <summary>Requests that succeed as they are; with a small change they come further than others.</summary>
internal static class RightRequests
{
    public static readonly (string Operation, string Body)[] Sqs =
    [
        ("SendMessage", """{"QueueUrl":"QUEUE","MessageBody":"a","DelaySeconds":0}"""),
        ("SendMessage", """
            {"QueueUrl":"QUEUE","MessageBody":"ü","MessageAttributes":{"k":{"DataType":"String","StringValue":"v"}}}
            """),
        ("SendMessageBatch", """
            {"QueueUrl":"QUEUE","Entries":[{"Id":"1","MessageBody":"a"},{"Id":"2","MessageBody":"b"}]}
            """),
        ("ReceiveMessage", """
            {"QueueUrl":"QUEUE","MaxNumberOfMessages":10,"VisibilityTimeout":0,"AttributeNames":["All"]}
            """),
        ("GetQueueAttributes", """{"QueueUrl":"QUEUE","AttributeNames":["All"]}"""),
        ("GetQueueUrl", """{"QueueName":"stories"}"""),
        ("CreateQueue", """{"QueueName":"stories"}"""),
        ("ListQueues", """{"QueueNamePrefix":"st","MaxResults":5}"""),
    ];

    public static readonly (string Operation, string Body)[] DynamoDb =
    [
        ("GetItem", """{"TableName":"TABLE","Key":KEY,"ConsistentRead":true,"ProjectionExpression":"job, a.b[0]"}"""),
        ("DeleteItem", """{"TableName":"TABLE","Key":KEY,"ReturnValues":"ALL_OLD"}"""),
        ("PutItem", """
            {"TableName":"TABLE","Item":{"job":{"S":"fuzz"},"item":{"S":"chunk#1"},"n":{"N":"-1.5e3"},
            "l":{"L":[{"NULL":true},{"M":{"b":{"B":"AAEC"}}}]}}}
            """),
        ("UpdateItem", """
            {"TableName":"TABLE","Key":KEY,"UpdateExpression":"SET #a = if_not_exists(#a, :one) + :one REMOVE c",
            "ExpressionAttributeNames":{"#a":"a"},"ExpressionAttributeValues":{":one":{"N":"1"}},
            "ReturnValues":"ALL_NEW"}
            """),
        ("Query", """
            {"TableName":"TABLE","KeyConditionExpression":"job = :j AND begins_with(#i, :c)","Limit":3,
            "ExpressionAttributeNames":{"#i":"item"},"ExpressionAttributeValues":{":j":{"S":"fuzz"},":c":{"S":"c"}}}
            """),
        ("Scan", """
            {"TableName":"TABLE","FilterExpression":"NOT (a < :x OR attribute_exists(b)) AND size(job) > :x","Limit":3,
            "ExpressionAttributeValues":{":x":{"N":"1"}}}
            """),
        ("TransactWriteItems", """{"TransactItems":[{"Delete":{"TableName":"TABLE","Key":KEY}}]}"""),
        ("DescribeTable", """{"TableName":"TABLE"}"""),
    ];

    /// <param name="table">The jobs table.</param>
    public static string Filled(string body, string table) => body
        .Replace("KEY", """{"job":{"S":"fuzz"},"item":{"S":"chunk#1"}}""", StringComparison.Ordinal)
        .Replace("QUEUE", "http://127.0.0.1/000000000000/stories", StringComparison.Ordinal)
        .Replace("TABLE", table, StringComparison.Ordinal);
}
