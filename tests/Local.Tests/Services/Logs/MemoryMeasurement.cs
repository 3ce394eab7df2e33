using Isobar.Local.Services;
using Isobar.Local.Services.Logs;

namespace Isobar.Local.Tests.Services.Logs;

/// <summary>What the lines of 200,000 invocations take; run alone, by its name.</summary>
public sealed class MemoryMeasurement
{
    private const int Invocations = 200_000;

    [Fact(Explicit = true)]
    public async Task Memory_is_flat_over_200_000_invocations_of_20_functions()
    {
        var world = new World();
        await using var logs = new LogsModule(world.Context);
        var began = TimeProvider.System.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes();
        var kept = new List<long>();
        for (var i = 0; i < Invocations; i++)
        {
            Invoke(logs, i);
            if ((i + 1) % (Invocations / 10) == 0) kept.Add(GC.GetTotalMemory(forceFullCollection: true) >> 20);
        }

        var took = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"MB kept after each tenth: {string.Join(' ', kept)}; "
            + $"{took.TotalMicroseconds / (Invocations * 4):0.00} us and "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / (Invocations * 4)} bytes a line, with making its text");
        Assert.InRange(kept[^1], 0, kept[6] + 8);
    }

    private static void Invoke(LogsModule logs, int invocation)
    {
        var function = $"function-{invocation % 20}";
        var requestId = $"{invocation:x8}-1111-4222-8333-444444444444";
        string[] lines =
        [
            $"START RequestId: {requestId} Version: $LATEST",
            $"{{\"level\":\"Information\",\"requestId\":\"{requestId}\",\"message\":\"accepted {invocation} rows\"}}",
            $"END RequestId: {requestId}",
            $"REPORT RequestId: {requestId}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t"
                + "Max Memory Used: 64 MB\t",
        ];
        foreach (var text in lines)
            logs.Write(new LogLine(
                DateTimeOffset.UnixEpoch, function, $"/aws/lambda/{function}", "2026/11/29/[$LATEST]0f", "0f",
                requestId, Platform: true, Extension: null, text));
    }
}
