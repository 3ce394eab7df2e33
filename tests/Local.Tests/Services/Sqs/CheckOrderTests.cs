namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>
/// A request with two faults: a missing parameter is told first, then a queue that does not exist, then a bad value.
/// </summary>
public sealed class CheckOrderTests
{
    private const string NoQueue = "com.amazonaws.sqs#QueueDoesNotExist";

    [Theory]
    [InlineData("SendMessage", "\"MessageBody\":\"\\u0000\"", "InvalidMessageContents")]
    [InlineData("SendMessage", "\"MessageBody\":\"a\",\"DelaySeconds\":901", "InvalidParameterValueException")]
    [InlineData("SendMessage", "\"MessageBody\":\"a\",\"MessageGroupId\":\"a b\"", "InvalidParameterValueException")]
    [InlineData("SendMessageBatch", "\"Entries\":[]", "EmptyBatchRequest")]
    [InlineData("SendMessageBatch", "\"Entries\":[{\"Id\":\"a!\",\"MessageBody\":\"a\"}]", "InvalidBatchEntryId")]
    [InlineData("ReceiveMessage", "\"WaitTimeSeconds\":21", "InvalidParameterValueException")]
    [InlineData("ReceiveMessage", "\"MaxNumberOfMessages\":0", "InvalidParameterValueException")]
    [InlineData("ReceiveMessage", "\"AttributeNames\":[\"Colour\"]", "InvalidAttributeName")]
    [InlineData("DeleteMessage", "\"ReceiptHandle\":\"nonsense\"", "ReceiptHandleIsInvalid")]
    [InlineData("DeleteMessageBatch", "\"Entries\":[]", "EmptyBatchRequest")]
    [InlineData("ChangeMessageVisibility", "\"ReceiptHandle\":\"nonsense\",\"VisibilityTimeout\":-1",
        "InvalidParameterValueException")]
    [InlineData("ChangeMessageVisibilityBatch", "\"Entries\":[]", "EmptyBatchRequest")]
    [InlineData("GetQueueAttributes", "\"AttributeNames\":[\"Colour\"]", "InvalidAttributeName")]
    [InlineData("SetQueueAttributes", "\"Attributes\":{\"Colour\":\"red\"}", "InvalidAttributeName")]
    [InlineData("SetQueueAttributes", "\"Attributes\":{\"FifoQueue\":\"true\"}", "InvalidAttributeName")]
    [InlineData("SetQueueAttributes", "\"Attributes\":{\"RedrivePolicy\":\"x\"}", "InvalidParameterValueException")]
    public async Task The_queue_comes_before_the_values(string operation, string members, string fault)
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");

        foreach (var (url, expected) in new[]
                 {
                     ("chunks", $"com.amazonaws.sqs#{fault}"), ("other", NoQueue), ("http://h/", NoQueue),
                 })
        {
            var (_, answer) = await sqs.PostAsync(operation, $$"""{"QueueUrl":"{{url}}",{{members}} }""");
            Assert.Equal(expected, answer.GetProperty("__type").GetString());
        }
    }

    [Theory]
    [InlineData("SendMessage", "MessageBody")]
    [InlineData("DeleteMessage", "ReceiptHandle")]
    [InlineData("ChangeMessageVisibility", "ReceiptHandle")]
    [InlineData("SetQueueAttributes", "Attributes")]
    public async Task A_missing_parameter_comes_before_the_queue(string operation, string parameter)
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var (_, answer) = await sqs.PostAsync(operation, """{"QueueUrl":"other"}""");

        Assert.Equal(("com.amazonaws.sqs#MissingRequiredParameterException",
                $"The request must contain the parameter {parameter}."),
            (answer.GetProperty("__type").GetString(), answer.GetProperty("message").GetString()));
    }
}
