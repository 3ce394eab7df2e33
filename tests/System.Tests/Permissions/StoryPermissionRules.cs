using Isobar.Local.Wire;

namespace Isobar.Stories.Permissions;

/// <summary>
/// A dry run of the target aws, without an account: the permissions that people are asked to have are those that the
/// stories need, which is what they called on the local host in this run.
/// </summary>
[Collection(AfterTheStories.Name)]
public sealed class StoryPermissionRules
{
    private const string File = "docs/story-permissions.json";

    private const int MostShown = 20;

    private const string Sample = """
        {"Version":"2012-10-17","Statement":[
          {"Sid":"Queues","Effect":"Allow","Action":["sqs:SendMessage","sqs:Receive*"],
            "Resource":["arn:aws:sqs:*:*:isobar-Audit*","arn:aws:sqs:*:*:isobar-Chunks*"]},
          {"Sid":"Files","Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::isobar-data-*/*"]}]}
        """;

    private static readonly ResourceAction Send = new("sqs:SendMessage", "arn:aws:sqs:us-east-1:1:isobar-AuditQueue-1");
    private static readonly ResourceAction Receive =
        new("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:1:isobar-ChunksQueue-1");
    private static readonly ResourceAction Get = new("s3:GetObject", "arn:aws:s3:::isobar-data-1-us-east-1/a/b");

    [Fact]
    public void Every_call_of_the_stories_is_allowed_by_the_documented_permissions()
    {
        SkipWithoutCalls();

        var missing = Documented().Missing(StoryCalls.All.Keys)
            .Select(call => $"{call.Action} on {call.Resource}, which {StoryCalls.All[call]} calls")
            .Order(StringComparer.Ordinal).ToList();

        Assert.True(missing.Count == 0, $"{File} does not allow {missing.Count} calls:\n"
            + string.Join('\n', missing.Take(MostShown)));
    }

    [Fact]
    public void Every_documented_permission_is_needed_by_a_story()
    {
        SkipWithoutCalls();
        if (StoryCalls.NotRun is { Count: > 0 } others)
            Assert.Skip($"{others.Count} of the stories for the target aws did not run, such as {others[0]}.");

        Assert.Empty(Documented().Unused([.. StoryCalls.All.Keys]));
    }

    [Fact]
    public void A_call_is_missing_if_no_statement_has_both_its_action_and_its_resource()
    {
        var policy = PolicyDocument.Read(Sample);
        ResourceAction[] refused =
        [
            Send with { Action = "sqs:SendMessages" }, Send with { Resource = Get.Resource },
            Get with { Action = "s3:GetObjectVersion" }, Get with { Resource = "arn:aws:s3:::isobar-data-1" },
            Get with { Resource = "arn:aws:s3:::ISOBAR-data-1/a" },
        ];

        Assert.Equal(refused, policy.Missing([Send, Receive, .. refused, Get, Get with { Action = "S3:GETOBJECT" }]));
    }

    [Fact]
    public void An_action_or_a_resource_that_no_call_needs_is_unused()
    {
        var policy = PolicyDocument.Read(Sample);

        Assert.Empty(policy.Unused([Send, Receive, Get]));
        Assert.Equal(["Queues: sqs:Receive*", "Queues: arn:aws:sqs:*:*:isobar-Chunks*"], policy.Unused([Send, Get]));
        Assert.Equal(["Files: s3:GetObject", "Files: arn:aws:s3:::isobar-data-*/*"], policy.Unused([Send, Receive]));
    }

    [Fact]
    public void What_is_not_read_is_an_error() => Assert.Throws<System.Text.Json.JsonException>(
        () => PolicyDocument.Read(Sample.Replace("\"Sid\":\"Files\"", "\"Condition\":{}", StringComparison.Ordinal)));

    private static PolicyDocument Documented() =>
        PolicyDocument.Read(System.IO.File.ReadAllText(Repository.In(File.Split('/'))));

    private static void SkipWithoutCalls()
    {
        if (!StoryTarget.IsLocal) Assert.Skip("Calls are noted on the local host only.");
        if (StoryCalls.All.Count == 0) Assert.Skip("No story for the target aws ran.");
    }
}
