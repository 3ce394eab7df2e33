namespace Isobar.Local.Tests.Services.EventBridge;

/// <summary>Scheduled rules by a client that nobody here wrote.</summary>
public sealed class ScheduleClientTests
{
    [Fact]
    public async Task Boto3_makes_shows_and_switches_a_scheduled_rule()
    {
        await using var events = await EventsOnPortZero.StartAsync();

        var answers = await PythonClient.RunAsync("Services/EventBridge/schedule.py", events.Address);

        Assert.Equal("""
            {"failed":0,"before":["cron(0 8 L * ? *)","DISABLED","Last day"],"after":"ENABLED","sameTargets":true,
            "refused":"Parameter ScheduleExpression is not valid."}
            """.ReplaceLineEndings(""), answers.ToJsonString());
    }
}
