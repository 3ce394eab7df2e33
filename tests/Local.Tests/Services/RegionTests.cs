using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Isobar.Local.Tests.Deployment;
using Isobar.Local.Tests.Lambda;
using Isobar.Local.Tests.Wire;

namespace Isobar.Local.Tests.Services;

/// <summary>
/// One rule for all services: a request sees the resources of the Region that it is signed for, and no others.
/// </summary>
public sealed class RegionTests
{
    private const string Here = "us-east-1";
    private const string There = "eu-west-1";

    /// <summary>Services whose API makes resources: how each is asked, in that service's protocol.</summary>
    private static readonly Dictionary<string, Regional> Makers = new()
    {
        ["sqs"] = new(
            (host, name, region) => host.JsonAsync(
                "sqs", "AmazonSQS.CreateQueue", $$"""{"QueueName":"{{name}}"}""", region),
            (host, region) => host.JsonAsync("sqs", "AmazonSQS.ListQueues", "{}", region),
            (host, name, region) => host.JsonAsync(
                "sqs", "AmazonSQS.DeleteQueue", $$"""{"QueueUrl":"http://h/000000000000/{{name}}"}""", region)),
        ["sns"] = new(
            (host, name, region) => host.QueryAsync("sns", "CreateTopic", $"Name={name}", region),
            (host, region) => host.QueryAsync("sns", "ListTopics", region: region),
            (host, name, region) => host.QueryAsync(
                "sns", "DeleteTopic", $"TopicArn=arn:aws:sns:{region}:000000000000:{name}", region)),
        ["events"] = new(
            (host, name, region) => host.JsonAsync(
                "events", "AWSEvents.CreateEventBus", $$"""{"Name":"{{name}}"}""", region),
            (host, region) => host.JsonAsync("events", "AWSEvents.ListEventBuses", "{}", region),
            (host, name, region) => host.JsonAsync(
                "events", "AWSEvents.DeleteEventBus", $$"""{"Name":"{{name}}"}""", region)),
        ["dynamodb"] = new(
            (host, name, region) => host.JsonAsync("dynamodb", "DynamoDB_20120810.CreateTable", $$"""
                {"TableName":"{{name}}","BillingMode":"PAY_PER_REQUEST",
                "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
                """, region),
            (host, region) => host.JsonAsync("dynamodb", "DynamoDB_20120810.ListTables", "{}", region),
            (host, name, region) => host.JsonAsync(
                "dynamodb", "DynamoDB_20120810.DeleteTable", $$"""{"TableName":"{{name}}"}""", region)),
        ["ssm"] = new(
            (host, name, region) => host.JsonAsync("ssm", "AmazonSSM.PutParameter",
                $$"""{"Name":"{{name}}","Value":"{{name}}","Type":"String"}""", region),
            ParametersAsync, null),
    };

    /// <summary>Services whose resources a template makes, in the stack's Region: how they are listed.</summary>
    private static readonly Dictionary<string, string[]> Listings = new()
    {
        ["lambda"] = ["/2015-03-31/functions", "/2015-03-31/event-source-mappings", "/2018-10-31/layers"],
        ["apigateway"] = ["/restapis"],
    };

    public static TheoryData<string> Regionals => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Regionals))]
    public async Task A_name_can_be_used_in_two_Regions_and_each_lists_its_own(string service)
    {
        await using var host = await GatedHost.StartAsync();
        var (create, list, delete) = Makers[service];

        await OkAsync(create(host, "shared", Here));
        await OkAsync(create(host, "shared", There));
        await OkAsync(create(host, "only-here", Here));

        Assert.Equal(["only-here", "shared"], await NamesAsync(list(host, Here)));
        Assert.Equal(["shared"], await NamesAsync(list(host, There)));
        if (delete is null) return;
        await OkAsync(delete(host, "shared", Here));
        Assert.Equal(["only-here"], await NamesAsync(list(host, Here)));
        Assert.Equal(["shared"], await NamesAsync(list(host, There)));
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("apigateway")]
    public async Task What_a_stack_has_made_is_seen_in_its_Region_only(string service)
    {
        await using var host = await GatedHost.StartAsync();
        await host.DeployAsync();

        foreach (var path in Listings[service])
        {
            Assert.Single(Items(await OkAsync(host.SendAsync(service, HttpMethod.Get, path, region: Here))));
            Assert.Empty(Items(await OkAsync(host.SendAsync(service, HttpMethod.Get, path, region: There))));
        }
    }

    [Fact]
    public async Task A_stack_is_seen_in_its_Region_only()
    {
        await using var host = await GatedHost.StartAsync();
        await host.DeployAsync();

        var here = await OkAsync(host.QueryAsync("cloudformation", "DescribeStacks", region: Here));
        var there = await OkAsync(host.QueryAsync("cloudformation", "DescribeStacks", region: There));

        Assert.Contains("<StackName>isobar</StackName>", here, StringComparison.Ordinal);
        Assert.DoesNotContain("<StackName>", there, StringComparison.Ordinal);
        Assert.Equal(400, (await host.QueryAsync(
            "cloudformation", "ListStackResources", "StackName=isobar", There)).Status);
    }

    /// <summary>S3 is the exception: the name of a bucket is one for all Regions.</summary>
    [Fact]
    public async Task A_bucket_is_seen_in_every_Region_and_has_one_home()
    {
        await using var host = await GatedHost.StartAsync();

        const string home = "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            + "</CreateBucketConfiguration>";
        await OkAsync(host.SendAsync("s3", HttpMethod.Put, "/shared", home, There));
        await OkAsync(host.SendAsync("s3", HttpMethod.Put, "/near", region: Here));

        Assert.Equal(409, (await host.SendAsync("s3", HttpMethod.Put, "/shared", region: Here)).Status);
        Assert.Equal(400, (await host.SendAsync("s3", HttpMethod.Put, "/new", home, Here)).Status);
        Assert.Contains("<Name>shared</Name>",
            await OkAsync(host.SendAsync("s3", HttpMethod.Get, "/", region: Here)), StringComparison.Ordinal);
        Assert.Equal(There, await LocationAsync(host, "shared"));
        Assert.Equal("", await LocationAsync(host, "near"));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("us-east")]
    [InlineData("US-EAST-1")]
    [InlineData("us-east-1-and-more")]
    public async Task A_signature_for_no_Region_is_refused(string region)
    {
        await using var host = await GatedHost.StartAsync();

        var (status, body) = await host.JsonAsync("sqs", "AmazonSQS.ListQueues", "{}", region);

        Assert.Equal(403, status);
        Assert.Contains("Credential should be scoped to a valid region.", body, StringComparison.Ordinal);
    }

    /// <summary>A new service has to be added to these tests, or to those that have no resources of a Region.</summary>
    [Fact]
    public void Every_service_of_the_host_is_here()
    {
        string[] others = ["cloudformation", "s3", "sts", "iam", "logs", "monitoring"];
        var options = new LocalHostOptions
        {
            TemplateFile = "", RepositoryRoot = "", DataDirectory = Path.GetTempPath(),
        };
        var modules = Program.Modules(
            new World().Context with { DataDirectory = options.DataDirectory }, options, new EnvironmentsInName());

        Assert.Equal(
            modules.Select(module => module.SigningName).Order(),
            Makers.Keys.Concat(Listings.Keys).Concat(others).Order());
    }

    private static async Task<string> OkAsync(Task<(int Status, string Body)> request)
    {
        var (status, body) = await request;
        Assert.True(status is >= 200 and < 300, $"{status} {body}");
        return body;
    }

    /// <summary>Which of the tests' names an answer has, alone or at the end of a URL or ARN.</summary>
    private static async Task<string[]> NamesAsync(Task<(int Status, string Body)> list)
    {
        var body = await OkAsync(list);
        return [.. new[] { "only-here", "shared" }.Where(name =>
            body.Contains($"{name}\"", StringComparison.Ordinal)
            || body.Contains($"{name}<", StringComparison.Ordinal))];
    }

    private static async Task<string> LocationAsync(GatedHost host, string bucket) => XElement.Parse(
        await OkAsync(host.SendAsync("s3", HttpMethod.Get, $"/{bucket}?location", region: Here))).Value;

    private static JsonArray Items(string body) =>
        JsonNode.Parse(body)!.AsObject().Select(member => member.Value).OfType<JsonArray>().Single();

    // Parameter Store's lists are not built: each of the names is asked for.
    private static async Task<(int Status, string Body)> ParametersAsync(GatedHost host, string region)
    {
        var found = new JsonArray();
        foreach (var name in (string[])["only-here", "shared"])
        {
            var (status, body) = await host.JsonAsync(
                "ssm", "AmazonSSM.GetParameter", $$"""{"Name":"{{name}}"}""", region);
            if (status == 200) found.Add(JsonNode.Parse(body));
        }

        return (200, found.ToJsonString());
    }

    private sealed record Regional(
        Func<GatedHost, string, string, Task<(int Status, string Body)>> Create,
        Func<GatedHost, string, Task<(int Status, string Body)>> List,
        Func<GatedHost, string, string, Task<(int Status, string Body)>>? Delete);
}
