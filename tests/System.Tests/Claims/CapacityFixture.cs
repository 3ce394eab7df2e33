using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;

namespace Isobar.Stories.Claims;

/// <summary>A function whose alias has three provisioned environments, and a policy that keeps 70 % of them in use.
/// </summary>
public sealed class CapacityFixture : ProbeFixture
{
    internal const int Provisioned = 3;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private protected override string Resources =>
        Function("Busy", "AutoPublishAlias: live, ProvisionedConcurrencyConfig: "
            + $"{{ProvisionedConcurrentExecutions: {Provisioned}}}")
        + """
          BusyTarget:
            Type: AWS::ApplicationAutoScaling::ScalableTarget
            DependsOn: BusyAliaslive
            Properties:
              ServiceNamespace: lambda
              ScalableDimension: lambda:function:ProvisionedConcurrency
              ResourceId: !Sub 'function:${Busy}:live'
              MinCapacity: 1
              MaxCapacity: 6
          BusyPolicy:
            Type: AWS::ApplicationAutoScaling::ScalingPolicy
            Properties:
              PolicyName: use
              PolicyType: TargetTrackingScaling
              ScalingTargetId: !Ref BusyTarget
              TargetTrackingScalingPolicyConfiguration:
                TargetValue: 0.7
                PredefinedMetricSpecification: {PredefinedMetricType: LambdaProvisionedConcurrencyUtilization}

        """;

    internal string Busy => Stack.Stack.NameOf("Busy");

    internal string Alias => $"{Busy}:live";

    /// <summary>Waits until so many environments are provisioned and ready.</summary>
    internal Task ReadyAsync(int environments, long after = 0) =>
        Stack.Host.Journal.WaitForAsync<ProvisionedConcurrencyChanged>(
            fact => fact.Status == "READY" && fact.Allocated == environments, Bound, after);

    /// <summary>How many environments are to be provisioned.</summary>
    internal async Task<int> CapacityAsync() => (int)(await Stack.Stack.Calls.LambdaAsync(
        HttpMethod.Get, $"/2019-09-30/functions/{Busy}/provisioned-concurrency?Qualifier=live"))
        ["RequestedProvisionedConcurrentExecutions"]!;

    /// <summary>The policy's alarms, each with its threshold and state: <c>AlarmHigh 0.7 ALARM</c>.</summary>
    internal async Task<IEnumerable<string>> AlarmsAsync()
    {
        var prefix = $"TargetTracking-function:{Alias}-";
        var described = await Stack.Stack.Calls.CloudWatchAsync(
            "DescribeAlarms", new JsonObject { ["AlarmNamePrefix"] = prefix });
        return described["MetricAlarms"]!.AsArray()
            .Select(alarm => $"{((string)alarm!["AlarmName"]!)[prefix.Length..].Split('-')[0]} "
                + $"{(double)alarm["Threshold"]!:0.##} {alarm["StateValue"]}")
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Registers an action that changes the minimum once.</summary>
    /// <param name="when">A whole second of service time.</param>
    internal Task RaiseMinimumAsync(int minimum, DateTimeOffset when) => Stack.Stack.Calls.ScalingAsync(
        "PutScheduledAction", new JsonObject
        {
            ["ServiceNamespace"] = "lambda",
            ["ResourceId"] = $"function:{Alias}",
            ["ScalableDimension"] = "lambda:function:ProvisionedConcurrency",
            ["ScheduledActionName"] = "before-the-peak",
            ["Schedule"] = $"at({when.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss})",
            ["ScalableTargetAction"] = new JsonObject { ["MinCapacity"] = minimum },
        });
}
