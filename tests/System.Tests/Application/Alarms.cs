using System.Text.Json.Nodes;

namespace Isobar.Stories.Application;

/// <summary>Reads alarms through CloudWatch.</summary>
internal static class Alarms
{
    /// <param name="alarm">Its physical name.</param>
    /// <returns>OK, ALARM or INSUFFICIENT_DATA.</returns>
    public static async Task<string> StateAsync(DeployedStack stack, string alarm)
    {
        var found = await stack.Calls.CloudWatchAsync(
            "DescribeAlarms", new JsonObject { ["AlarmNames"] = new JsonArray(alarm) });
        return (string)found["MetricAlarms"]![0]!["StateValue"]!;
    }

    /// <summary>Lets minutes pass until an alarm is in a state.</summary>
    public static Task BecomesAsync(StackFixture stack, string alarm, string state) =>
        stack.UntilAsync(() => StateAsync(stack.Stack, alarm), seen => seen == state, byTheMinute: true);
}
