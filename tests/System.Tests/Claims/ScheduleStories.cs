using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Claims;

/// <summary>A function that a schedule invokes.</summary>
public sealed class ScheduleFixture : ProbeFixture
{
    private const string Hourly = """
        Events: {Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour), Name: hourly, Enabled: true,
          Input: '{"do":"print","text":"constant JSON"}', RetryPolicy: {MaximumRetryAttempts: 2},
          DeadLetterConfig: {Arn: !GetAtt Undelivered.Arn} } } }
        """;

    private protected override string Resources =>
        "  Undelivered: {Type: AWS::SQS::Queue}\n" + Function("OnHour", Hourly.ReplaceLineEndings(" "));
}

/// <summary>What the service clock fires.</summary>
public sealed class ScheduleStories(ScheduleFixture stack) : IClassFixture<ScheduleFixture>
{
    [Fact]
    [Claim("M1")]
    public async Task A_schedule_invokes_its_function_with_constant_JSON_at_each_of_its_times_while_it_is_enabled()
    {
        await stack.Stack.PassAsync("P1D");
        Assert.Equal(24, Fired());

        await SwitchAsync("DisableRule");
        await stack.Stack.PassAsync("P1D");
        Assert.Equal(24, Fired());

        await SwitchAsync("EnableRule");
        await stack.Stack.PassAsync("PT59M");
        Assert.Equal(24, Fired());
        await stack.Stack.PassAsync("PT1M");

        Assert.Equal(25, Fired());
        Assert.Null(await stack.Stack.ReceiveAsync("Undelivered"));
        Measured.Write("M1", "a day of an hourly schedule invoked its function 24 times with the constant text");
    }

    private Task SwitchAsync(string operation) =>
        stack.Stack.Stack.Calls.EventsAsync(operation, new JsonObject { ["Name"] = "hourly" });

    private int Fired() => stack.FactsOf<LogLineWritten>("OnHour").Count(line => line.Line == "constant JSON");
}
