namespace Isobar.Local.Tests.Services.EventBridge;

public sealed class JavaScriptSdkTests
{
    [Fact]
    public async Task The_SDK_can_do_everything_once()
    {
        await using var events = await EventsOnPortZero.StartAsync();

        var answers = await JavaScriptClient.RunAsync("Services/EventBridge/round-trip.mjs", events.Address);
        await events.QuietAsync();

        string Of(string name) => answers.GetProperty(name).ToString();
        Assert.Equal("arn:aws:events:us-east-1:000000000000:event-bus/ops", Of("bus"));
        Assert.Equal("arn:aws:events:us-east-1:000000000000:rule/ops/failed", Of("rule"));
        Assert.Equal(("True", "DISABLED", "True"), (Of("created"), Of("state"), Of("tried")));
        Assert.Equal("""["default","ops"]""", Of("buses"));
        Assert.Equal("""["failed"]""", Of("rules"));
        Assert.Equal("""[{"Id":"audit","Arn":"arn:aws:sqs:us-east-1:000000000000:audit","InputPath":"$.detail"}]""",
            answers.GetProperty("targets").GetRawText());
        Assert.Equal(0, answers.GetProperty("put").GetProperty("FailedEntryCount").GetInt32());
        var put = answers.GetProperty("events");
        Assert.Equal(1, put.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal("MalformedDetail", put.GetProperty("Entries")[1].GetProperty("ErrorCode").GetString());
        Assert.Equal(["""{"city":"Zürich"}"""], events.Queues.Texts("audit"));
        var error = answers.GetProperty("error");
        Assert.Equal(("ResourceNotFoundException", 400, "Rule none does not exist on EventBus default."),
            (error.GetProperty("name").GetString(), error.GetProperty("status").GetInt32(),
                error.GetProperty("message").GetString()));
    }
}
