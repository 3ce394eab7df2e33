using Isobar.Local.Commands;

namespace Isobar.Local.Tests.Commands;

public sealed class ReadableLineTests
{
    [Theory]
    [InlineData(
        """{"level":"Information","message":"Job 1f opened: a.csv in 3 chunks","timestamp":"2026-11-29T10:00:00Z" """
            + """,  "service":"intake","cold_start":true,"name":"Logger","request_id":"8f14e45f-ceea","job":"1f" """
            + """,  "key":"a.csv","chunks":3}""",
        "INFO  Job 1f opened: a.csv in 3 chunks request=8f14e45f")]
    [InlineData(
        """{"level":"Warning","message":"Message comes again","attempt":2,"why":"a conflict","empty":"","none":null}""",
        "WARN  Message comes again attempt=2 why=\"a conflict\" empty=\"\"")]
    [InlineData("""{"level":"Critical","message":"x"}""", "FATAL x")]
    [InlineData("""{"level":"DEBUG","message":"x","more":{"a":[1,2]}}""", "DEBUG x more={\"a\":[1,2]}")]
    [InlineData("""{"message":"without a level"}""", "      without a level")]
    [InlineData(
        """{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]},"Service":"intake","ChunksSent":3}""",
        "      METRICS ChunksSent=3")]
    [InlineData("plain text \r", "      plain text")]
    [InlineData("", "      ")]
    [InlineData("{ not JSON", "      { not JSON")]
    [InlineData("""{"level":7,"message":["x"]}""", "      ")]
    [InlineData("""{"message":"\ud800"}""", """      {"message":"\ud800"}""")]
    [InlineData("""{"message":"x","\udc00":1}""", """      {"message":"x","\udc00":1}""")]
    [InlineData(
        """{"type":"platform.report","record":{"metrics":1}}""",
        """      {"type":"platform.report","record":{"metrics":1}}""")]
    public void A_functions_line_is_level_message_and_fields(string line, string readable) =>
        Assert.Equal(readable, ReadableLine.Of(line));

    [Theory]
    [InlineData(
        """{"status":"success","metrics":{"durationMs":12.34,"billedDurationMs":13,"memorySizeMB":256,""",
        "\"maxMemoryUsedMB\":78}}", "success in 12.3 ms, billed 13 ms, 78 of 256 MB")]
    [InlineData(
        """{"status":"success","metrics":{"durationMs":200,"billedDurationMs":364,"memorySizeMB":1769,""",
        "\"maxMemoryUsedMB\":120,\"initDurationMs\":163.27}}",
        "success in 200.0 ms, billed 364 ms, 120 of 1769 MB, COLD START: init 163.3 ms")]
    [InlineData(
        """{"status":"error","errorType":"Runtime.ExitError","metrics":{"durationMs":1,"billedDurationMs":1,""",
        "\"memorySizeMB\":128,\"maxMemoryUsedMB\":20}}",
        "error (Runtime.ExitError) in 1.0 ms, billed 1 ms, 20 of 128 MB")]
    [InlineData(
        """{"status":"timeout","metrics":{"durationMs":3000,"billedDurationMs":3000,"memorySizeMB":128,""",
        "\"maxMemoryUsedMB\":20}}", "timeout in 3000.0 ms, billed 3000 ms, 20 of 128 MB")]
    public void A_report_is_one_line_and_marks_a_cold_start(string record, string rest, string readable)
    {
        const string id = "\"requestId\":\"8f14e45f-ceea-467f-a1d9-6a3f1c0b2d11\",";
        var line = "{\"type\":\"platform.report\",\"record\":{" + id + record[1..] + rest + "}";
        Assert.Equal($"      REPORT {readable} request=8f14e45f", ReadableLine.Of(line));
    }

    [Theory]
    [InlineData(
        "platform.initReport", """{"status":"error","errorType":"Runtime.ExitError","metrics":{"durationMs":80}}""",
        "      INIT_REPORT error (Runtime.ExitError) in 80.0 ms")]
    [InlineData(
        "platform.extension", """{"name":"telemetry","state":"Registered","errorType":"Extension.Crash"}""",
        "ERROR extension telemetry is Registered: Extension.Crash")]
    public void A_failure_before_the_first_event_is_a_line(string type, string record, string readable) =>
        Assert.Equal(readable, ReadableLine.Of("{\"type\":\"" + type + "\",\"record\":" + record + "}"));

    [Theory]
    [InlineData("""{"type":"platform.start","record":{"requestId":"8f14e45f","version":"$LATEST"}}""")]
    [InlineData("""{"type":"platform.initStart","record":{"phase":"init"}}""")]
    [InlineData("""{"type":"platform.extension","record":{"name":"telemetry","state":"Ready","events":["INVOKE"]}}""")]
    public void A_line_that_only_marks_a_step_is_left_out(string line) => Assert.Null(ReadableLine.Of(line));

    [Fact]
    public void An_exception_follows_with_its_stack_on_lines_of_its_own() => Assert.Equal(
        "ERROR Chunk 0 failed\n      System.IO.IOException: it broke\n         at A()\n         at B()",
        ReadableLine.Of(
            """
            {"level":"Error","message":"Chunk 0 failed","exception":{"type":"System.IO.IOException",
            "message":"it broke","stack_trace":"   at A()\n   at B()"}}
            """));

    [Fact]
    public void The_runtimes_own_error_keeps_its_fields_and_its_stack() => Assert.Equal(
        "ERROR it broke errorType=IOException\n      at A()\n      at B()",
        ReadableLine.Of(
            """
            {"level":"Error","message":"it broke","errorType":"IOException","errorMessage":"it broke",
            "stackTrace":["at A()","at B()"]}
            """));
}
