using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Updates;

/// <summary>A running stack is updated.</summary>
public sealed class UpdateStories
{
    private const string Template = """
        Resources:
          Echo:
            Type: AWS::Serverless::Function
            Properties:
              {CodeUri: code, Handler: Probe, Runtime: dotnet10, MemorySize: 512, Timeout: 30, AutoPublishAlias: live}
          Inbox: {Type: AWS::SQS::Queue}
          Files: {Type: AWS::S3::Bucket}

        """;

    [Fact]
    public async Task New_code_is_a_new_version_and_the_alias_moves_to_it()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        using var stack = await host.FindAsync();
        Assert.Equal("1", (await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
        host.WriteCode("two");

        var changes = await host.UpdateAsync();

        Assert.Equal(
            ["Add EchoVersion", "Modify Echo", "Modify EchoAliaslive", "Remove EchoVersion"],
            changes.Select(change => change.StartsWith("Modify", StringComparison.Ordinal) ? change : change[..^10])
                .Order(StringComparer.Ordinal));
        Assert.Equal("2", (await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
        var versions = await stack.Calls.LambdaAsync(
            HttpMethod.Get, $"/2015-03-31/functions/{stack.NameOf("Echo")}/versions");
        Assert.Equal(
            ["$LATEST", "1", "2"], versions["Versions"]!.AsArray().Select(version => (string)version!["Version"]!));
    }

    [Fact]
    public async Task What_has_not_changed_keeps_its_content()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        using var stack = await host.FindAsync();
        await stack.Calls.SqsAsync("SendMessage", new JsonObject
        {
            ["QueueUrl"] = stack.NameOf("Inbox"), ["MessageBody"] = "kept",
        });
        await stack.S3.PutObjectAsync(new() { BucketName = stack.NameOf("Files"), Key = "a", ContentBody = "kept" });

        await host.UpdateAsync(Template.Replace(
            "Inbox: {Type: AWS::SQS::Queue}",
            "Inbox: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 77}}", StringComparison.Ordinal));

        var attributes = await stack.Calls.SqsAsync("GetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = stack.NameOf("Inbox"), ["AttributeNames"] = new JsonArray("All"),
        });
        Assert.Equal("77", (string)attributes["Attributes"]!["VisibilityTimeout"]!);
        Assert.Equal("1", (string)attributes["Attributes"]!["ApproximateNumberOfMessages"]!);
        using var kept = await stack.S3.GetObjectAsync(stack.NameOf("Files"), "a");
        Assert.Equal(4, kept.ContentLength);
    }

    [Fact]
    public async Task An_invocation_under_way_ends_on_the_version_that_it_began_on()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        using var stack = await host.FindAsync();
        var slow = UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject { ["do"] = "sleep", ["ms"] = 3_000 });
        // Its version was drawn before its environment began to start.
        await host.Host.Journal.WaitForAsync<EnvironmentStarted>(_ => true, TimeSpan.FromSeconds(20));
        host.WriteCode("two");

        await host.UpdateAsync();

        Assert.Equal("2", (await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
        Assert.Equal("1", (await slow).Version);
    }

    [Fact]
    public async Task Under_load_no_invocation_is_lost_and_after_each_update_only_the_new_version_runs()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        using var stack = await host.FindAsync();
        using var stop = new CancellationTokenSource();
        var ran = new ConcurrentBag<string>();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                ran.Add((await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
        })).ToList();

        for (var version = 2; version <= 5; version++)
        {
            host.WriteCode($"version {version}");
            await host.UpdateAsync();
            for (var i = 0; i < 5; i++)
                Assert.Equal($"{version}", (await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Subset(new HashSet<string> { "1", "2", "3", "4", "5" }, ran.ToHashSet());
        Assert.Contains("5", ran);
    }

    [Fact]
    public async Task A_step_that_fails_takes_everything_back_and_the_old_code_runs_on()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        using var stack = await host.FindAsync();
        host.WriteCode("two");

        // The dead-letter queue is not there, which only SQS itself finds out.
        var (_, outcome) = await host.TryUpdateAsync(Template + """
              Bad:
                Type: AWS::SQS::Queue
                DependsOn: EchoAliaslive
                Properties:
                  RedrivePolicy:
                    deadLetterTargetArn: arn:aws:sqs:us-east-1:000000000000:nowhere
                    maxReceiveCount: 1

            """);

        Assert.Contains("Dead letter target does not exist", outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", outcome.Stack.Status);
        Assert.Equal("1", (await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
        var told = await stack.Calls.QueryAsync("cloudformation", "DescribeStacks", ("StackName", "isobar"));
        Assert.Contains(told.Descendants(), element => element.Value == "UPDATE_ROLLBACK_COMPLETE");
        Assert.Contains("Modify EchoAliaslive", await host.UpdateAsync(Template));
        Assert.NotEqual("1", (await UpdatedHost.InvokeAsync(stack, "Echo", new JsonObject())).Version);
    }

    [Fact]
    public async Task A_refused_plan_changes_nothing_and_says_the_line()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        host.WriteCode("two");
        await host.WriteTemplateAsync(Template.Replace("code,", "gone,", StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => host.TryUpdateAsync());

        Assert.Contains("template.yaml:3: Echo: CodeUri gone: there is no such folder", refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal("CREATE_COMPLETE", host.Host.Stack.Status);
        // The place of the one update is free again.
        Assert.NotEmpty(await host.UpdateAsync(Template));
    }

    [Fact]
    public async Task There_is_one_update_at_a_time()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        host.WriteCode("two");
        var request = new Isobar.Local.UpdateRequest(null, [], Execute: true, Build: false);
        using var planned = await host.Host.PlanUpdateAsync(request, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<UpdateRefusedException>(() => host.TryUpdateAsync());
        Assert.Contains("is in UPDATE_IN_PROGRESS state", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await host.Host.BeginUpdate(planned, request)).Failure);
    }

    [Fact]
    public async Task After_a_reset_the_updated_template_its_names_and_its_parameters_hold()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        await host.UpdateAsync(Template + "  Added: {Type: AWS::SQS::Queue}\n");
        var before = Names(host);

        await host.ResetAsync();

        Assert.Contains("Added", before.Keys);
        Assert.Equal(before, Names(host));
        host.WriteCode("two");
        Assert.Contains("Modify EchoAliaslive", await host.UpdateAsync());

        static Dictionary<string, string> Names(UpdatedHost host) => host.Host.Stack.Resources.ToDictionary(
            resource => resource.LogicalId, resource => resource.PhysicalId);
    }

    [Fact]
    public async Task Resources_of_every_kind_are_added_changed_and_removed()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        await host.UpdateAsync(Template + Kinds("1"));
        await host.UpdateAsync(Template + Kinds("2"));
        var changed = host.Host.Stack.Resources.ToDictionary(resource => resource.LogicalId);
        await host.UpdateAsync(Template);
        Assert.DoesNotContain("Topic", host.Host.Stack.Resources.Select(resource => resource.LogicalId));
        // Nothing is left: all of it can be made again.
        await host.UpdateAsync(Template + Kinds("3"));
        Assert.NotEqual(
            changed["Dead"].PhysicalId,
            host.Host.Stack.Resources.Single(resource => resource.LogicalId == "Dead").PhysicalId);
    }

    private static string Kinds(string value)
    {
        var retries = value == "1" ? 0 : 2;
        return $$$"""
              Dead: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 3{{{value}}} }}
              Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: name{{{value}}} }}
              Subscription:
                Type: AWS::SNS::Subscription
                Properties:
                  TopicArn: !Ref Topic
                  Protocol: sqs
                  Endpoint: !GetAtt Dead.Arn
                  FilterPolicy: {kind: ['{{{value}}}']}
              Bus: {Type: AWS::Events::EventBus, Properties: {Name: bus, Description: d{{{value}}} }}
              Rule:
                Type: AWS::Events::Rule
                Properties:
                  EventBusName: !Ref Bus
                  EventPattern: {source: ['s{{{value}}}']}
                  Targets: [{Id: 't{{{value}}}', Arn: !GetAtt Dead.Arn}]
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  AttributeDefinitions: [{AttributeName: k, AttributeType: S}]
                  KeySchema: [{AttributeName: k, KeyType: HASH}]
                  Tags: [{Key: v, Value: '{{{value}}}'}]
              Parameter: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: v{{{value}}} }}
              Bucket:
                Type: AWS::S3::Bucket
                Properties: {VersioningConfiguration: {Status: Enabled}, Tags: [{Key: v, Value: '{{{value}}}'}]}
              Reader:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: code
                  Handler: Probe
                  Runtime: dotnet10
                  MemorySize: 51{{{value}}}
                  AutoPublishAlias: live
                  EventInvokeConfig: {MaximumRetryAttempts: {{{retries}}} }
                  Events:
                    Queue: {Type: SQS, Properties: {Queue: !GetAtt Dead.Arn, BatchSize: {{{value}}} }}
                    Get: {Type: Api, Properties: {Path: /v{{{value}}}, Method: get}}

            """;
    }
}
