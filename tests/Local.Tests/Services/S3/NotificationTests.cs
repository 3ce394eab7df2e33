using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Local.Services;
using Isobar.Local.Services.S3;

namespace Isobar.Local.Tests.Services.S3;

public sealed class NotificationTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_function_hears_of_a_put_that_its_filter_matches()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await ListenAsync(s3, "in/", ".csv", EventType.ObjectCreatedAll);

        var put = await PutAsync(s3, "in/a ü+(1)@%.csv");
        await PutAsync(s3, "in/a.txt");
        await PutAsync(s3, "out/a.csv");
        await s3.World.Journal.WaitForAsync<DeliverySucceeded>(_ => true, Bound);

        var record = JsonNode.Parse(Assert.Single(s3.Heard.Payloads))!["Records"]!.AsArray().Single()!;
        var s3Part = record["s3"]!;
        Assert.Equal(
            ("2.1", "aws:s3", "us-east-1", "ObjectCreated:Put"),
            ((string?)record["eventVersion"], (string?)record["eventSource"], (string?)record["awsRegion"],
                (string?)record["eventName"]));
        Assert.Equal(("landing", "arn:aws:s3:::landing"),
            ((string?)s3Part["bucket"]!["name"], (string?)s3Part["bucket"]!["arn"]));
        Assert.Equal("in/a+%C3%BC%2B%281%29%40%25.csv", (string?)s3Part["object"]!["key"]);
        Assert.Equal((4, put.ETag.Trim('"'), put.VersionId),
            ((int)s3Part["object"]!["size"]!, (string?)s3Part["object"]!["eTag"],
                (string?)s3Part["object"]!["versionId"]));
        Assert.Equal("rule", (string?)s3Part["configurationId"]);
        Assert.Equal(
            new DeliverySource("s3.amazonaws.com", "arn:aws:s3:::landing", "000000000000"),
            Assert.Single(s3.Heard.Sources));
    }

    [Fact]
    public async Task Sequencers_grow_with_every_change_of_a_key()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await ListenAsync(s3, "", "", EventType.ObjectCreatedAll, "s3:ObjectRemoved:*");

        for (var i = 0; i < 5; i++) await PutAsync(s3, "k");
        await s3.Client.DeleteObjectAsync("landing", "k");
        var delivered = 0;
        await s3.World.Journal.WaitForAsync<DeliverySucceeded>(_ => ++delivered == 6, Bound);

        var records = s3.Heard.Payloads.Select(payload => JsonNode.Parse(payload)!["Records"]![0]!)
            .OrderBy(record => (string?)record["s3"]!["object"]!["sequencer"], StringComparer.Ordinal).ToArray();
        Assert.Equal(6, records.Select(record => (string?)record["s3"]!["object"]!["sequencer"]).Distinct().Count());
        Assert.Equal("ObjectRemoved:DeleteMarkerCreated", (string?)records[^1]["eventName"]);
    }

    [Fact]
    public async Task An_event_that_is_refused_is_offered_again_when_its_time_comes()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await ListenAsync(s3, "", "", EventType.ObjectCreatedAll);
        s3.Heard.Refuse(2);

        await PutAsync(s3, "k");
        await s3.World.Journal.WaitForAsync<DeliveryFailed>(_ => true, Bound);
        Assert.Empty(s3.Heard.Payloads);
        s3.World.Clock.JumpBy(TimeSpan.FromSeconds(1));
        s3.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        await s3.World.Journal.WaitForAsync<DeliverySucceeded>(e => e.Attempts == 3, Bound);

        Assert.Single(s3.Heard.Payloads);
    }

    [Fact]
    public async Task An_event_that_is_refused_too_often_is_dropped_and_says_so()
    {
        await using var s3 = await S3OnPortZero.StartAsync(new S3Limits { MaxDeliveryAttempts = 1 });
        await ListenAsync(s3, "", "", EventType.ObjectCreatedAll);
        s3.Heard.Refuse(1);

        await PutAsync(s3, "k");
        var dropped = await s3.World.Journal.WaitForAsync<DeliveryGivenUp>(_ => true, Bound);

        Assert.StartsWith("k#", dropped.EventId);
        Assert.Equal(1, dropped.Attempts);
        Assert.Contains("The function is away", dropped.Reason);
    }

    [Fact]
    public async Task A_write_is_slowed_down_when_too_many_events_wait()
    {
        await using var s3 = await S3OnPortZero.StartAsync(new S3Limits { MaxPendingEvents = 3 });
        await ListenAsync(s3, "in/", "", EventType.ObjectCreatedAll);
        s3.Heard.Refuse(int.MaxValue);

        for (var i = 0; i < 3; i++) await PutAsync(s3, $"in/{i}");
        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync(s3, "in/4"));
        await PutAsync(s3, "out/4");

        Assert.Equal("SlowDown", error.ErrorCode);
        await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.GetObjectMetadataAsync("landing", "in/4"));
    }

    [Fact]
    public async Task Rules_that_could_both_match_are_refused()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.PutBucketNotificationAsync(new()
        {
            BucketName = "landing",
            LambdaFunctionConfigurations =
            [
                Rule("one", "in/", "", EventType.ObjectCreatedAll),
                    Rule("two", "in/sub/", ".csv", EventType.ObjectCreatedPut),
            ],
        }));

        Assert.Equal("InvalidArgument", error.ErrorCode);
    }

    [Fact]
    public async Task A_function_that_does_not_exist_is_refused()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        var rule = Rule("one", "", "", EventType.ObjectCreatedAll);
        rule.FunctionArn = StubTarget.Function + "2";

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.PutBucketNotificationAsync(
            new() { BucketName = "landing", LambdaFunctionConfigurations = [rule] }));

        Assert.Equal("InvalidArgument", error.ErrorCode);
        Assert.StartsWith("Unable to validate the following destination configurations", error.Message);
    }

    [Fact]
    public async Task A_configuration_reads_back_as_it_was_put()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await ListenAsync(s3, "in/", ".csv", EventType.ObjectCreatedAll);

        var read = await s3.Client.GetBucketNotificationAsync("landing");

        var rule = Assert.Single(read.LambdaFunctionConfigurations);
        Assert.Equal(("rule", StubTarget.Function), (rule.Id, rule.FunctionArn));
        Assert.Equal(
            [("Prefix", "in/"), ("Suffix", ".csv")],
            rule.Filter.S3KeyFilter.FilterRules.Select(filter => (filter.Name, filter.Value)));
    }

    private static async Task ListenAsync(S3OnPortZero s3, string prefix, string suffix, params EventType[] events)
    {
        await s3.Client.PutBucketAsync("landing");
        await s3.Client.PutBucketVersioningAsync(new()
        {
            BucketName = "landing", VersioningConfig = new() { Status = VersionStatus.Enabled },
        });
        await s3.Client.PutBucketNotificationAsync(new()
        {
            BucketName = "landing", LambdaFunctionConfigurations = [Rule("rule", prefix, suffix, events)],
        });
    }

    private static LambdaFunctionConfiguration Rule(string id, string prefix, string suffix,
        params EventType[] events) => new()
    {
        Id = id, FunctionArn = StubTarget.Function, Events = [.. events],
        Filter = new()
        {
            S3KeyFilter = new()
            {
                FilterRules = [new() { Name = "prefix", Value = prefix }, new() { Name = "suffix", Value = suffix }],
            },
        },
    };

    private static Task<PutObjectResponse> PutAsync(S3OnPortZero s3, string key) =>
        s3.Client.PutObjectAsync(new PutObjectRequest { BucketName = "landing", Key = key, ContentBody = "body" });
}
