using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Stories.Fuzz;

/// <summary>
/// A host of its own, because nobody can say afterwards what is in it; with plain processes, because the requests to
/// the Runtime API come from outside an environment.
/// </summary>
public sealed class FuzzStories(PlainStackFixture stack) : IClassFixture<PlainStackFixture>
{
    private const int Requests = 10_000;
    private const int AtATime = 4;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ten_thousand_random_requests_get_answers_of_AWSs_shape_and_harm_nothing()
    {
        var seed = Seeds.Next();
        await stack.Stack.Calls.SqsAsync("CreateQueue", new() { ["QueueName"] = "stories" });
        var runtime = await RuntimeAsync();
        var dice = new Dice(seed);
        string[] functions = [stack.Stack.NameOf("IntakeFunction"), stack.Stack.NameOf("DeadLettersFunction")];
        var requests = Enumerable.Range(0, Requests)
            .Select(_ => RandomRequest.Next(dice, stack.Stack.JobsTable, functions)).ToArray();

        var accepted = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime };
        await Parallel.ForAsync(0, Requests, options, async (index, _) =>
        {
            var request = requests[index];
            var endpoint = request.Door == "runtime" ? runtime : stack.Host.Address;
            var answer = await RawHttp.AskAsync(
                endpoint, request.Method, request.Target, request.Headers, request.Body);
            var about = $"seed {seed}, request {index}: {request.Door} {request.Method} {request.Target} "
                + $"{string.Join(", ", request.Headers)} {Encoding.Latin1.GetString(request.Body)}\n→ {answer}";
            Assert.True(answer.Status is (>= 200 and < 500) or 501, about);
            if (answer.Status < 400) Interlocked.Increment(ref accepted);
            else if (request.Method != "HEAD") Assert.True(IsError(answer.Body) || IsNoRoute(request, answer), about);
        });

        // Most are refused; but with none accepted, nothing behind the first checks would have been reached.
        Assert.InRange(accepted, Requests / 40, Requests / 2);
        Assert.Empty(stack.Facts<RequestFaulted>());
        await AssertStillFineAsync();
    }

    /// <summary>The Runtime API of an environment that is alive: a file's way leaves one.</summary>
    private async Task<Uri> RuntimeAsync()
    {
        await AssertStillFineAsync();
        var started = await stack.Host.Journal.WaitForAsync<RuntimeStarted>(
            started => started.FunctionName == stack.Stack.NameOf("TransformFunction"), Bound);
        var block = Encoding.UTF8.GetString(await File.ReadAllBytesAsync($"/proc/{started.ProcessId}/environ"));
        const string Name = "AWS_LAMBDA_RUNTIME_API=";
        var variable = block.Split('\0').Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return new Uri("http://" + variable[Name.Length..]);
    }

    private async Task AssertStillFineAsync()
    {
        var landed = await stack.Landings.PutSampleAsync("fine.csv", "XIW00000001.csv");
        var job = (await stack.SettleAsync(landed)).Single();
        Assert.Equal(("finished", 3_931L), (job.State, job.Accepted));
    }

    // The Runtime API knows nothing else of a path that is not its own: what the interface emulator answers.
    private static bool IsNoRoute(RandomRequest request, RawAnswer answer) =>
        request.Door == "runtime" && answer is { Status: 404, Body: "404 page not found\n" };

    // S3's Error, the Query protocol's ErrorResponse, or a JSON object that says what was wrong.
    private static bool IsError(string body)
    {
        try
        {
            if (body.StartsWith('<'))
                return XElement.Parse(body).DescendantsAndSelf().Any(element => element.Name.LocalName == "Error"
                    && element.Elements().Any(child => child.Name.LocalName == "Code"));
            using var json = JsonDocument.Parse(Encoding.Latin1.GetBytes(body));
            return json.RootElement.EnumerateObject().Any(member =>
                member.Name is "__type" or "message" or "Message" or "errorType" or "error");
        }
        catch (Exception e) when (e is XmlException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
