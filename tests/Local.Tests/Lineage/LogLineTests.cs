using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class LogLineTests
{
    [Fact]
    public void A_functions_line_has_its_request_its_level_and_its_message()
    {
        var line = Line("""{"level":"Error","message":"Chunk 8 of job x","request_id":"r","start":8}""");
        Assert.Equal(("r", "Error", "Chunk 8 of job x", true), (line.RequestId, line.Level, line.Says, line.IsFailure));
        Assert.True(line.IsAbout(8));
        Assert.False(line.IsAbout(0));
    }

    [Fact]
    public void The_platforms_line_has_its_status()
    {
        var line = Line("""{"type":"platform.report","record":{"requestId":"r","status":"timeout"}}""");
        Assert.Equal(("r", "platform.report timeout", true), (line.RequestId, line.Says, line.IsFailure));
        Assert.True(Line("""{"type":"platform.start","record":{"requestId":"r"}}""").IsStart);
        Assert.False(Line("""{"type":"platform.report","record":{"status":"success"}}""").IsFailure);
    }

    [Fact]
    public void A_line_of_the_runtime_has_columns()
    {
        var line = Line("2026-11-30T20:20:12.047Z\tr\tfail\tSystem.Exception: Away");
        Assert.Equal(
            ("r", "fail", "System.Exception: Away", true), (line.RequestId, line.Level, line.Says, line.IsFailure));
        Assert.False(Line("t\tr\tinfo\ttext").IsFailure);
    }

    [Fact]
    public void A_failed_message_is_about_the_chunk_in_its_body() =>
        Assert.True(Line("""{"message":"Message m failed: {\"job\":\"x\",\"start\":0,\"end\":9}"}""").IsAbout(0));

    [Fact]
    public void What_went_wrong_is_told_by_what_the_handler_of_a_message_threw()
    {
        var line = Line("""
            {"level":"Error","message":"m","exception":{"type":"A.RecordProcessingException","message":"Failed",
            "inner_exception":{"type":"System.IO.FileNotFoundException","message":"Gone",
            "inner_exception":{"type":"B","message":"Deeper"}}}}
            """);
        Assert.Equal(("Gone", true), (line.Reason, line.IsOfMissingObject));
        Assert.Null(Line("""{"level":"Error","message":"m"}""").Reason);
    }

    [Theory]
    [InlineData("   at Isobar.Intake.Function.Handle()")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"message\":{}}")]
    public void Text_is_shown_as_it_is(string text) => Assert.Equal(text, Line(text).Says);

    [Fact]
    public void A_long_line_is_cut() => Assert.Equal(241, Line(new string('x', 1_000)).Says.Length);

    private static LogLine Line(string text) => new("Transform", DateTimeOffset.UnixEpoch, text);
}
