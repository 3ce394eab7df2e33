using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Updates;

/// <summary><c>isobar deploy</c>: the stack of a host that is up is updated from the command line.</summary>
public sealed class DeployStories
{
    private const string Template = """
        Parameters: {Wait: {Type: Number, Default: 30}}
        Resources:
          Inbox: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !Ref Wait}}
        Outputs:
          InboxUrl: {Value: !Ref Inbox}

        """;

    [Fact]
    public async Task The_command_prints_the_change_set_the_events_and_the_outputs()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        await host.WriteTemplateAsync(Template.Replace(
            "Resources:", "Resources:\n  Outbox: {Type: AWS::SQS::Queue}", StringComparison.Ordinal));

        var (status, printed) = await DeployAsync(host, "--parameter-overrides", "Wait=40");

        Assert.True(status == 0, printed);
        Assert.Matches(@"\+ Add +Outbox +AWS::SQS::Queue +N/A", printed);
        Assert.Matches(@"\* Modify +Inbox +AWS::SQS::Queue +False", printed);
        Assert.Matches(@"CREATE_COMPLETE +AWS::SQS::Queue +Outbox", printed);
        Assert.Contains("InboxUrl = http://", printed, StringComparison.Ordinal);
        Assert.Contains(
            "Successfully created/updated stack - isobar in us-east-1", printed, StringComparison.Ordinal);
        Assert.Equal("40", host.Host.Stack.Parameters["Wait"]);
    }

    [Fact]
    public async Task Without_a_change_it_fails_as_sam_deploy_does_unless_told_otherwise()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        var (status, printed) = await DeployAsync(host);
        Assert.True(status == 1, printed);
        Assert.Contains("Error: No changes to deploy. Stack isobar is up to date", printed, StringComparison.Ordinal);
        (status, printed) = await DeployAsync(host, "--no-fail-on-empty-changeset");
        Assert.True(status == 0, printed);
    }

    [Fact]
    public async Task A_change_set_can_be_looked_at_only()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        await host.WriteTemplateAsync(Template.Replace("Inbox", "Other", StringComparison.Ordinal));
        var (status, printed) = await DeployAsync(host, "--no-execute-changeset");
        Assert.True(status == 0, printed);
        Assert.Matches(@"- Delete +Inbox", printed);
        Assert.Equal("Inbox", Assert.Single(host.Host.Stack.Resources).LogicalId);
        Assert.NotEmpty(await host.UpdateAsync());
    }

    [Fact]
    public async Task A_refused_plan_and_a_failed_update_have_the_reason_and_exit_code_1()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        await host.WriteTemplateAsync(Template.Replace("AWS::SQS::Queue", "AWS::SNS::Topic", StringComparison.Ordinal)
            .Replace(", Properties: {VisibilityTimeout: !Ref Wait}", "", StringComparison.Ordinal));
        var (status, printed) = await DeployAsync(host);
        Assert.True(status == 1, printed);
        Assert.Contains("Update of resource type is not permitted", printed, StringComparison.Ordinal);

        await host.WriteTemplateAsync(Template.Replace("!Ref Wait", "99999", StringComparison.Ordinal));
        (status, printed) = await DeployAsync(host);
        Assert.True(status == 1, printed);
        Assert.Contains("Error: Failed to create/update the stack: isobar, UPDATE_ROLLBACK_COMPLETE", printed,
            StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", host.Host.Stack.Status);
    }

    [Fact]
    public async Task Another_stack_or_a_template_elsewhere_is_refused()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        var (status, printed) = await DeployAsync(host, "--stack-name", "other");
        Assert.True(status == 1, printed);
        Assert.Contains("is isobar, not other", printed, StringComparison.Ordinal);
        (status, printed) = await DeployAsync(host, "--template", Repository.In("template.yaml"));
        Assert.True(status == 1, printed);
        Assert.Contains("the template must be in", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_on_another_site_and_a_request_that_is_too_long_are_refused()
    {
        await using var host = await UpdatedHost.StartAsync(Template);
        using var http = new HttpClient { BaseAddress = host.Host.Address };
        using var simple = await http.PostAsync("/_isobar/update", new StringContent("{}"));
        Assert.Equal(415, (int)simple.StatusCode);
        using var wrong = await http.PostAsync("/_isobar/update", new StringContent(
            """{"unknown":1}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(400, (int)wrong.StatusCode);
        using var deleted = await http.DeleteAsync("/_isobar/update");
        Assert.Equal(405, (int)deleted.StatusCode);
        var view = await http.GetFromJsonAsync<JsonObject>("/_isobar/update");
        Assert.Equal("CREATE_COMPLETE", (string)view!["status"]!);
    }

    private static async Task<(int Status, string Printed)> DeployAsync(UpdatedHost host, params string[] more)
    {
        await using var command = HostProcess.Start(
            ["deploy", "--endpoint", host.Host.Address.GetLeftPart(UriPartial.Authority), .. more]);
        var status = await command.EndAsync();
        return (status, command.Output + command.Errors);
    }
}
