namespace Isobar.Local.Tests.Services.Logs;

public sealed class JavaScriptSdkTests
{
    [Fact]
    public async Task The_SDK_keeps_and_finds_events_as_on_AWS()
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        var answers = await JavaScriptClient.RunAsync("Services/Logs/round-trip.mjs", logs.Address);

        Assert.Equal("""
            {"group":["/app/one",30,"STANDARD"],"tags":{"env":"testing"},"stream":["s",true],"token":56,
            "got":["{\"level\":1,\"text\":\"ü\"}","{\"level\":2,\"text\":\"ü\"}","{\"level\":3,\"text\":\"ü\"}"],
            "pages":[[2],[3]],"missing":{"name":"ResourceNotFoundException","status":400},
            "refused":{"name":"InvalidParameterException","status":400},"left":0}
            """.ReplaceLineEndings(""), answers.GetRawText());
    }
}
