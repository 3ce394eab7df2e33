namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>FIFO queues by clients that nobody here wrote.</summary>
public sealed class FifoClientTests
{
    [Fact]
    public async Task Boto3_sees_a_group_blocked_and_released_and_every_refusal()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var answers = await PythonClient.RunAsync("Services/Sqs/fifo.py", sqs.Address);

        string Of(string name) => answers[name]!.ToJsonString();
        Assert.Equal(3, answers["numbers"]!.AsArray().Distinct().Count());
        Assert.Equal(("true", "true"), (Of("sameMessage"), Of("sameAnswer")));
        Assert.Equal(("""["a1"]""", """["b1"]""", "[]", """["a2"]"""),
            (Of("first"), Of("others"), Of("blocked"), Of("released")));
        Assert.Equal("""
            ["ApproximateFirstReceiveTimestamp","ApproximateReceiveCount","MessageDeduplicationId","MessageGroupId",
            "SenderId","SentTimestamp","SequenceNumber"]
            """.ReplaceLineEndings(""), Of("attributes"));
        Assert.Equal(("\"true\"", "\"queue\""), (Of("fifo"), Of("scope")));
        Assert.Equal("""
            ["MissingParameter","InvalidParameterValue","InvalidParameterValue","InvalidParameterValue",
            "InvalidParameterValue","InvalidAttributeValue","InvalidParameterValue","InvalidParameterValue"]
            """.ReplaceLineEndings(""), Of("errors"));
    }

    [Fact]
    public async Task The_SDK_for_JavaScript_receives_a_group_in_order()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var answers = await JavaScriptClient.RunAsync("Services/Sqs/fifo.mjs", sqs.Address);

        Assert.True(answers.GetProperty("sameMessage").GetBoolean());
        Assert.True(answers.GetProperty("sameNumber").GetBoolean());
        Assert.Equal("""[["a1","a2"],["b1","a3"]]""", answers.GetProperty("received").GetRawText());
    }
}
