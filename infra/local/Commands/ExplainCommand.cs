using System.CommandLine;
using System.Text.Json;
using Isobar.Local.Lineage;

namespace Isobar.Local.Commands;

/// <summary>
/// Explains where a row, a job, a request, an import or a month of a station comes from and what became of it, with
/// the way back from each failure: of AWS or a host, wherever the environment leads the AWS SDK.
/// </summary>
internal static class ExplainCommand
{
    private static readonly TimeSpan UsualSpan = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(90);

    public static Command Create()
    {
        var subject = new Argument<AskedText?>("what")
        {
            Description = $"What to explain: {Asked.Forms}",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Asked.TryParse(text) is { } asked) return new AskedText(text, asked);
                result.AddError($"explain takes {Asked.Forms}; not '{text}'.");
                return null;
            },
        };
        var since = new Option<TimeSpan>("--since")
        {
            Description = "How far back to look for a request id, such as 3h or 7d",
            DefaultValueFactory = _ => UsualSpan,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (ClockCommand.ParseStep(text) is { } span && span > TimeSpan.Zero && span <= LongestSpan)
                    return span;
                result.AddError($"--since takes up to 90d, such as 30m, 3h or 7d, not '{text}'.");
                return default;
            },
        };
        var json = new Option<bool>("--json") { Description = "Print it as JSON" };
        var stack = TokenCommand.StackNameOption("The core stack to ask");
        var command = new Command(
            "explain", "Explain where a row, a job, a request, an import or a station's month comes from, and how to "
            + "come back to a correct result from each failure. It asks AWS, or the host that AWS_ENDPOINT_URL names, "
            + "and changes nothing. Of a request it reads the logs of the live stack, too, if it is named as the core "
            + "stack with -live behind")
        {
            subject, stack, since, json,
        };
        command.SetAction((line, cancellationToken) => LineageErrors.ExplainedAsync(() => RunAsync(
            line.GetValue(subject)!, line.GetValue(stack)!, line.GetValue(since), line.GetValue(json),
            cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(
        AskedText subject, string stack, TimeSpan since, bool json, CancellationToken cancellationToken)
    {
        using var clients = new AwsClients(TimeProvider.System);
        var names = await StackNames.FindAsync(clients.CloudFormation, stack, cancellationToken);
        var live = subject.Asked is AskedRequest
            ? await StackNames.TryFindAsync(clients.CloudFormation, StackNames.LiveOf(stack), cancellationToken)
            : null;
        // What has expired is for the services' clock to say, and a host's may be days ahead of this machine's.
        var now = clients.CloudFormation.AnsweredAt ?? TimeProvider.System.GetUtcNow();
        var explanation = await new Explainer(clients, names, live, now, since)
            .ExplainAsync(subject.Text, subject.Asked, cancellationToken);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(explanation, ExplanationJson.Default.Explanation));
        else
            foreach (var line in explanation.Lines()) Console.WriteLine(line);
        return 0;
    }

    private sealed record AskedText(string Text, Asked Asked);
}
