using Isobar.Local.Tests.Lambda;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Wire;

/// <summary>What authorization is asked before an operation runs, in each protocol.</summary>
public sealed class RequestGateTests
{
    private const string Arn = "us-east-1:000000000000";

    [Theory]
    [InlineData("sqs", "AmazonSQS.SendMessage", """{"QueueUrl":"http://host/000000000000/work","MessageBody":"a"}""",
        $"sqs:SendMessage arn:aws:sqs:{Arn}:work")]
    [InlineData("sqs", "AmazonSQS.SendMessageBatch", """{"QueueUrl":"http://host/000000000000/work","Entries":[]}""",
        $"sqs:SendMessage arn:aws:sqs:{Arn}:work")]
    [InlineData("sqs", "AmazonSQS.CreateQueue", """{"QueueName":"new"}""", $"sqs:CreateQueue arn:aws:sqs:{Arn}:new")]
    [InlineData("sqs", "AmazonSQS.ListQueues", "{}", "sqs:ListQueues *")]
    [InlineData("dynamodb", "DynamoDB_20120810.GetItem", """{"TableName":"jobs","Key":{}}""",
        $"dynamodb:GetItem arn:aws:dynamodb:{Arn}:table/jobs")]
    [InlineData("dynamodb", "DynamoDB_20120810.GetItem",
        """{"TableName":"arn:aws:dynamodb:us-east-1:000000000000:table/jobs","Key":{}}""",
        $"dynamodb:GetItem arn:aws:dynamodb:{Arn}:table/jobs")]
    [InlineData("dynamodb", "DynamoDB_20120810.Query", """{"TableName":"jobs","IndexName":"by-day"}""",
        $"dynamodb:Query arn:aws:dynamodb:{Arn}:table/jobs/index/by-day")]
    [InlineData("dynamodb", "DynamoDB_20120810.TransactWriteItems", """
        {"TransactItems":[{"Put":{"TableName":"a"}},{"Put":{"TableName":"a"}},{"ConditionCheck":{"TableName":"b"}}]}
        """, $"dynamodb:PutItem arn:aws:dynamodb:{Arn}:table/a",
        $"dynamodb:ConditionCheckItem arn:aws:dynamodb:{Arn}:table/b")]
    [InlineData("dynamodb", "DynamoDB_20120810.TransactGetItems", """
        {"TransactItems":[{"Get":{"TableName":"a","Key":{}}}]}
        """, $"dynamodb:GetItem arn:aws:dynamodb:{Arn}:table/a")]
    [InlineData("dynamodb", "DynamoDB_20120810.BatchWriteItem", """{"RequestItems":{"a":[],"b":[]}}""",
        $"dynamodb:BatchWriteItem arn:aws:dynamodb:{Arn}:table/a",
        $"dynamodb:BatchWriteItem arn:aws:dynamodb:{Arn}:table/b")]
    [InlineData("events", "AWSEvents.PutEvents", """{"Entries":[{},{"EventBusName":"isobar"},{}]}""",
        $"events:PutEvents arn:aws:events:{Arn}:event-bus/default",
        $"events:PutEvents arn:aws:events:{Arn}:event-bus/isobar")]
    [InlineData("events", "AWSEvents.PutTargets", """{"Rule":"all","EventBusName":"isobar","Targets":[]}""",
        $"events:PutTargets arn:aws:events:{Arn}:rule/isobar/all")]
    [InlineData("events", "AWSEvents.DescribeEventBus", "{}",
        $"events:DescribeEventBus arn:aws:events:{Arn}:event-bus/default")]
    [InlineData("kms", "TrentService.CreateKey", "{}", "kms:CreateKey *")]
    [InlineData("kms", "TrentService.DeleteAlias", """{"AliasName":"alias/reports"}""",
        $"kms:DeleteAlias arn:aws:kms:{Arn}:alias/reports")]
    [InlineData("ssm", "AmazonSSM.GetParameter", """{"Name":"/isobar/limit:3"}""",
        $"ssm:GetParameter arn:aws:ssm:{Arn}:parameter/isobar/limit")]
    [InlineData("ssm", "AmazonSSM.GetParameters", """{"Names":["a:live","/isobar/limit"]}""",
        $"ssm:GetParameters arn:aws:ssm:{Arn}:parameter/a",
        $"ssm:GetParameters arn:aws:ssm:{Arn}:parameter/isobar/limit")]
    [InlineData("ssm", "AmazonSSM.GetParametersByPath", """{"Path":"/isobar"}""",
        $"ssm:GetParametersByPath arn:aws:ssm:{Arn}:parameter/isobar")]
    [InlineData("ssm", "AmazonSSM.DescribeParameters", "{}", "ssm:DescribeParameters *")]
    [InlineData("ssm", "AmazonSSM.PutParameter", """{"Name":"limit","Value":"1","Type":"String"}""",
        $"ssm:PutParameter arn:aws:ssm:{Arn}:parameter/limit")]
    public async Task An_awsJson_request_names_action_and_resources(
        string service, string target, string body, params string[] expected)
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        await host.JsonAsync(service, target, body);

        AssertAsked(host, expected);
    }

    [Theory]
    [InlineData("sns", "CreateTopic", "Name=alerts", $"sns:CreateTopic arn:aws:sns:{Arn}:alerts")]
    [InlineData("sns", "Publish", "TopicArn=arn:aws:sns:us-east-1:000000000000:alerts&Message=a",
        $"sns:Publish arn:aws:sns:{Arn}:alerts")]
    [InlineData("sns", "PublishBatch", "TopicArn=arn:aws:sns:us-east-1:000000000000:alerts",
        $"sns:Publish arn:aws:sns:{Arn}:alerts")]
    [InlineData("sns", "ListTopics", "", "sns:ListTopics *")]
    [InlineData("sts", "GetCallerIdentity", "", "sts:GetCallerIdentity *")]
    [InlineData("cloudformation", "DescribeStacks", "StackName=isobar",
        $"cloudformation:DescribeStacks arn:aws:cloudformation:{Arn}:stack/isobar/*")]
    [InlineData("cloudformation", "ListStackResources",
        "StackName=arn:aws:cloudformation:us-east-1:000000000000:stack/isobar/1",
        $"cloudformation:ListStackResources arn:aws:cloudformation:{Arn}:stack/isobar/1")]
    public async Task An_awsQuery_request_names_action_and_resources(
        string service, string action, string form, string expected)
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        await host.QueryAsync(service, action, form);

        AssertAsked(host, expected);
    }

    [Theory]
    [InlineData("lambda", "POST", "/2015-03-31/functions/echo/invocations",
        $"lambda:InvokeFunction arn:aws:lambda:{Arn}:function:echo")]
    [InlineData("lambda", "POST", "/2015-03-31/functions/000000000000:function:echo/invocations?Qualifier=live",
        $"lambda:InvokeFunction arn:aws:lambda:{Arn}:function:echo:live")]
    [InlineData("lambda", "GET", "/2015-03-31/functions", "lambda:ListFunctions *")]
    [InlineData("lambda", "GET", "/2015-03-31/event-source-mappings/7b0f",
        $"lambda:GetEventSourceMapping arn:aws:lambda:{Arn}:event-source-mapping:7b0f")]
    [InlineData("apigateway", "GET", "/restapis/abc/stages",
        "apigateway:GET arn:aws:apigateway:us-east-1::/restapis/abc/stages")]
    public async Task A_restJson_request_names_action_and_resource(
        string service, string method, string path, string expected)
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        await host.SendAsync(service, new HttpMethod(method), path);

        AssertAsked(host, expected);
    }

    [Theory]
    [InlineData("GET", "/", "s3:ListAllMyBuckets *")]
    [InlineData("PUT", "/data", "s3:CreateBucket arn:aws:s3:::data")]
    [InlineData("GET", "/data?list-type=2", "s3:ListBucket arn:aws:s3:::data")]
    [InlineData("GET", "/data?versions", "s3:ListBucketVersions arn:aws:s3:::data")]
    [InlineData("HEAD", "/data/a/b.csv", "s3:GetObject arn:aws:s3:::data/a/b.csv")]
    [InlineData("GET", "/data/a?versionId=null", "s3:GetObjectVersion arn:aws:s3:::data/a")]
    [InlineData("DELETE", "/data/a", "s3:DeleteObject arn:aws:s3:::data/a")]
    [InlineData("DELETE", "/data/a?versionId=null", "s3:DeleteObjectVersion arn:aws:s3:::data/a")]
    [InlineData("POST", "/data?delete", "s3:DeleteObject arn:aws:s3:::data/*")]
    [InlineData("POST", "/data/a?uploads", "s3:PutObject arn:aws:s3:::data/a")]
    [InlineData("GET", "/data/a?uploadId=1", "s3:ListMultipartUploadParts arn:aws:s3:::data/a")]
    public async Task A_restXml_request_names_action_and_resource(string method, string path, string expected)
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        await host.SendAsync("s3", new HttpMethod(method), path);

        AssertAsked(host, expected);
    }

    [Fact]
    public async Task A_copy_reads_its_source_and_writes_its_target()
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        await host.SendAsync("s3", HttpMethod.Put, "/data/b", headers: ("x-amz-copy-source", "/other/a%20b"));

        AssertAsked(host, "s3:PutObject arn:aws:s3:::data/b", "s3:GetObject arn:aws:s3:::other/a b");
    }

    [Fact]
    public async Task The_principal_is_the_owner_of_the_access_key()
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        await host.JsonAsync("sqs", "AmazonSQS.ListQueues", "{}");

        var asked = Assert.Single(host.Gate.Asked);
        Assert.Equal(new Principal("arn:aws:iam::000000000000:root", "000000000000", "AKIDEXAMPLE"), asked.Principal);
        Assert.Equal("us-east-1", asked.Region);
    }

    [Theory]
    [InlineData("arn:aws:iam::000000000000:role/echo", "arn:aws:sts::000000000000:assumed-role/echo/fn")]
    [InlineData("arn:aws:iam::000000000000:role/isobar/prod/echo", "arn:aws:sts::000000000000:assumed-role/echo/fn")]
    [InlineData("arn:aws-cn:iam::000000000000:role/echo", "arn:aws-cn:sts::000000000000:assumed-role/echo/fn")]
    public async Task The_principal_of_a_function_is_a_session_of_its_role(string role, string expected)
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        host.AccessKey = host.World.Context.Keys.Issue(role, "fn");

        var (_, identity) = await host.QueryAsync("sts", "GetCallerIdentity");

        Assert.Equal(expected, Assert.Single(host.Gate.Asked).Principal.Name);
        Assert.Contains($"<Arn>{expected}</Arn>", identity, StringComparison.Ordinal);
        Assert.Matches("<UserId>AROA[A-Z2-7]{17}:fn</UserId>", identity);
    }

    [Fact]
    public async Task Each_function_of_a_stack_signs_as_its_own_role()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        await host.DeployAsync();

        var key = "";
        host.Pool.Run = (function, request) =>
        {
            key = function.Credentials.AccessKeyId;
            return ValueTask.FromResult(EnvironmentsInName.Success(request.Payload));
        };

        await host.SendAsync("lambda", HttpMethod.Post, "/2015-03-31/functions/echo/invocations", "{}");

        Assert.Matches("^ASIA[A-Z0-9]{16}\\z", key);
        Assert.Equal("arn:aws:sts::000000000000:assumed-role/echo/echo", host.World.Context.Keys.Find(key).Name);
    }

    [Fact]
    public async Task The_principal_of_a_presigned_URL_is_who_signed_it()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        var now = DateTimeOffset.UtcNow;

        await host.SendAsync(null, HttpMethod.Get, "/data/a?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + $"&X-Amz-Credential=AKIDSIGNER%2F{now:yyyyMMdd}%2Fus-east-1%2Fs3%2Faws4_request"
            + $"&X-Amz-Date={now:yyyyMMdd'T'HHmmss'Z'}&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0");

        var asked = Assert.Single(host.Gate.Asked);
        Assert.Equal("AKIDSIGNER", asked.Principal.AccessKey);
        Assert.Equal(new ResourceAction("s3:GetObject", "arn:aws:s3:::data/a"), Assert.Single(asked.Actions));
    }

    /// <summary>The gate is asked after the request was read: one that can't be read has no action.</summary>
    [Theory]
    [InlineData("AmazonSQS.NoSuchOperation", "{}")]
    [InlineData("AmazonSQS.SendMessage", "{")]
    public async Task A_request_that_is_none_is_not_asked_about(string target, string body)
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        Assert.Equal(400, (await host.JsonAsync("sqs", target, body)).Status);

        Assert.Empty(host.Gate.Asked);
    }

    [Fact]
    public async Task A_refused_awsJson_call_changes_nothing()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        host.Gate.Refuses = true;

        var (status, body) = await host.JsonAsync("sqs", "AmazonSQS.CreateQueue", """{"QueueName":"new"}""");

        Assert.Equal((403, """{"__type":"com.amazonaws.sqs#AccessDeniedException","message":"Not allowed."}"""),
            (status, body));
        host.Gate.Refuses = false;
        Assert.Equal((200, "{}"), await host.JsonAsync("sqs", "AmazonSQS.ListQueues", "{}"));
    }

    [Fact]
    public async Task A_refused_awsQuery_call_changes_nothing()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        host.Gate.Refuses = true;

        var (status, body) = await host.QueryAsync("sns", "CreateTopic", "Name=alerts");

        Assert.Equal(403, status);
        Assert.Contains("<Code>AccessDeniedException</Code><Message>Not allowed.</Message>", body,
            StringComparison.Ordinal);
        host.Gate.Refuses = false;
        Assert.DoesNotContain("alerts", (await host.QueryAsync("sns", "ListTopics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_restXml_call_changes_nothing()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        host.Gate.Refuses = true;

        var (status, body) = await host.SendAsync("s3", HttpMethod.Put, "/data");

        Assert.Equal(403, status);
        Assert.Contains("<Code>AccessDeniedException</Code>", body, StringComparison.Ordinal);
        host.Gate.Refuses = false;
        Assert.Equal(404, (await host.SendAsync("s3", HttpMethod.Head, "/data")).Status);
    }

    [Fact]
    public async Task A_refused_restJson_call_does_not_run()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        host.Gate.Refuses = true;

        var (status, body) = await host.SendAsync(
            "lambda", HttpMethod.Post, "/2015-03-31/functions/none/invocations", "{}");

        // Not 404: whether the function exists was not looked up.
        Assert.Equal((403, """{"message":"Not allowed."}"""), (status, body));
    }

    private static void AssertAsked(ServicesOnPortZero host, params string[] expected) => Assert.Equal(
        expected,
        Assert.Single(host.Gate.Asked).Actions.Select(wanted => $"{wanted.Action} {wanted.Resource}"));
}
