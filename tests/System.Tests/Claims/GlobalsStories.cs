using Isobar.Stories.Telemetry;

namespace Isobar.Stories.Claims;

/// <summary>What one line of the template's Globals does to every function of the application.</summary>
[Collection(OneStack.Name)]
public sealed class GlobalsStories(StackFixture stack)
{
    [Fact]
    [Claim("X5")]
    public async Task One_line_puts_the_telemetry_extension_on_every_function_and_their_lines_into_one_bucket()
    {
        Assert.Single(File.ReadLines(Repository.In("template.yaml")), line => line.Contains("!Ref TelemetryLayer"));
        var listed = await stack.Stack.Calls.LambdaAsync(HttpMethod.Get, "/2015-03-31/functions/?MaxItems=50");
        // Live is in a template of its own.
        var functions = listed["Functions"]!.AsArray().Where(function => !((string)function!["FunctionName"]!)
            .StartsWith($"{stack.Stack.Name}-live-", StringComparison.Ordinal)).ToList();
        Assert.All(functions, function => Assert.Single(
            function!["Layers"]!.AsArray(), layer => ((string)layer!["Arn"]!).Contains("-telemetry:")));

        await stack.SettleAsync(await stack.Landings.PutSampleAsync("globals/shown.csv", "XIW00000001.csv"));
        string[] atWork = ["IntakeFunction", "TransformFunction", "CatalogRecordFileFunction"];
        var shipping = await stack.UntilAsync(
            async () => (await ShippedLine.ReadAllAsync(stack.Stack.S3, stack.Stack.DataBucket))
                .Select(line => line.Key.Split('/')[1]).ToHashSet(),
            names => names.IsSupersetOf(atWork.Select(stack.Stack.NameOf)));

        Measured.Write("X5", $"{functions.Count} functions have the extension by one line");
        Assert.Subset(functions.Select(function => (string)function!["FunctionName"]!).ToHashSet(), shipping);
    }
}
