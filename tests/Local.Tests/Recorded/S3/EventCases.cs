using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.S3;

public sealed class EventCases : S3RecordedTest
{
    private const string Function = $"arn:aws:lambda:us-east-1:{Account}:function:Intake";

    [Fact]
    [RecordedCase("s3: test_create_object_put_via_dynamodb")]
    public async Task A_function_hears_of_an_object_that_was_put()
    {
        await BucketAsync();
        Is(Configured, await ConfigureAsync(Function));
        await PutAsync("my-key", "something..");
        await QuietAsync();
        var heard = JsonNode.Parse(Assert.Single(Functions.Texts("function:Intake")))!;
        var sequencer = heard["Records"]![0]!["s3"]!["object"]!["sequencer"]!.ToString();
        Assert.Matches("^[0-9A-F]{16}\\z", sequencer);
        Assert.Equal($$$"""
            {"Records":[{"awsRegion":"us-east-1","eventName":"ObjectCreated:Put","eventSource":"aws:s3",
            "eventTime":"<time>","eventVersion":"2.1","requestParameters":{"sourceIPAddress":"<address>"},
            "responseElements":{"x-amz-id-2":"<id>","x-amz-request-id":"<id>"},
            "s3":{"bucket":{"arn":"arn:aws:s3:::bucket","name":"bucket","ownerIdentity":{"principalId":"<principal>"}},
            "configurationId":"id","object":{"eTag":{{{ETag("something..")}}},"key":"my-key",
            "sequencer":"{{{sequencer}}}","size":11},"s3SchemaVersion":"1.0"},
            "userIdentity":{"principalId":"<principal>"}}]}
            """.ReplaceLineEndings(""), AnswerText.Of(heard));
    }

    [Fact]
    [RecordedCase("s3: test_invalid_lambda_arn")]
    public async Task A_function_that_is_to_hear_is_there_and_has_an_ARN()
    {
        await BucketAsync();
        foreach (var skip in new[] { "false", "true" })
        {
            Is("""
                400 {"ArgumentName":"CloudFunction","ArgumentValue":"invalid-queue","Code":"InvalidArgument",
                "Message":"The ARN could not be parsed"}
                """, await ConfigureAsync("invalid-queue", skip));
        }

        Functions.Missing["function:my-lambda"] = true;
        const string missing = $"arn:aws:lambda:us-east-1:{Account}:function:my-lambda";
        Is($$"""
            400 {"ArgumentName1":"{{missing}}, null",
            "ArgumentValue1":"Not authorized to invoke function [{{missing}}]","Code":"InvalidArgument",
            "Message":"Unable to validate the following destination configurations"}
            """, await ConfigureAsync(missing));
        Is(Configured, await ConfigureAsync(missing, "true"));
        Is($$$"""
            200 {"CloudFunctionConfiguration":{"CloudFunction":"{{{missing}}}","Event":"s3:ObjectCreated:*","Id":"id"}}
            """, await S3Async("GET", "/bucket?notification"));
    }

    [Fact]
    [RecordedCase("s3: test_invalid_sqs_arn",
        Differs = "Events go to functions only; a queue is refused as not built.")]
    public async Task A_queue_does_not_hear_of_objects()
    {
        await BucketAsync();
        var answer = await S3Async("PUT", "/bucket?notification", """
            <NotificationConfiguration><QueueConfiguration><Id>id</Id><Queue>invalid-queue</Queue>
            <Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>
            """);
        RecordedAnswer.Differs(AnswerText.OfExpected("""
            400 {"ArgumentName":"Queue","ArgumentValue":"invalid-queue","Code":"InvalidArgument",
            "Message":"The ARN could not be parsed"}
            """), AnswerText.OfExpected("""
            501 {"Code":"NotImplemented","Header":"QueueConfiguration","Message":"A header or query you provided
             implies functionality that is not implemented.","Value":""}
            """), answer.Whole);
    }

    private const string Configured = "200\ncontent-length: 0";

    private Task<Answer> ConfigureAsync(string function, string skip = "false") => S3Async("PUT",
        "/bucket?notification",
        $"<NotificationConfiguration><CloudFunctionConfiguration><Id>id</Id><CloudFunction>{function}</CloudFunction>"
        + "<Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration></NotificationConfiguration>",
        ("x-amz-skip-destination-validation", skip));
}
