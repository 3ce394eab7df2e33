using System.Net;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Requests;
using Isobar.Local.Tests.Lambda.Processes;

namespace Isobar.Local.Tests.Edge;

/// <summary>Handlers that fail: what the viewer gets, and that the next one is served.</summary>
public sealed class FailureTests
{
    /// <summary>Does, at viewer-request, what the query string says.</summary>
    private const string Obedient = """
        export const handler = async ({ Records: [{ cf: { request, response } }] }) => {
          if (response) {
            if (request.querystring === 'status') response.status = '404';
            return response;
          }
          switch (request.querystring) {
            case 'exit': process.exit(3);
            case 'throw': throw new TypeError('of no use');
            case 'reject': await null; return Promise.reject('a text');
            case 'hang': return new Promise(() => {});
            case 'spin': for (;;) {}
            case 'forbidden': request.headers['x-edge-mine'] = [{ value: '1' }]; return request;
            case 'large': return { status: '200', body: 'x'.repeat(40 * 1024 + 1) };
            case 'huge': return { status: '200', body: 'x'.repeat(2 * 1024 * 1024) };
            case 'nothing': return undefined;
            case 'text': return 'text';
            case 'circular': { const ring = {}; ring.ring = ring; return ring; }
            default: return request;
          }
        };
        """;

    [Theory]
    [InlineData("forbidden", 502, "LambdaValidationError", "disallowed header x-edge-mine")]
    [InlineData("large", 502, "LambdaValidationError", "larger than 40960 bytes")]
    [InlineData("nothing", 502, "LambdaValidationError", "neither a request nor a response")]
    [InlineData("text", 502, "LambdaValidationError", "neither a request nor a response")]
    [InlineData("status", 502, "LambdaValidationError", "change the status")]
    [InlineData("throw", 503, "LambdaExecutionError", "TypeError: of no use")]
    [InlineData("reject", 503, "LambdaExecutionError", "a text")]
    [InlineData("circular", 503, "LambdaExecutionError", "TypeError")]
    [InlineData("exit", 503, "LambdaExecutionError", "process ended")]
    [InlineData("huge", 503, "LambdaExecutionError", "answered with more than it may")]
    [InlineData("hang", 503, "LambdaExecutionError", "did not end within 1 s")]
    [InlineData("spin", 503, "LambdaExecutionError", "did not end within 1 s")]
    public async Task A_failure_is_the_status_that_CloudFront_gives_it_and_the_next_viewer_is_served(
        string failure, int status, string result, string why)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Obedient, OneSecond);
        edge.Objects["/pages/site/x"] = new("one");

        var failed = await edge.SendAsync($"/x?{failure}");
        var next = await edge.SendAsync("/x");

        Assert.Equal(status, (int)failed.StatusCode);
        Assert.Equal($"{result} from cloudfront", failed.Headers.GetValues("X-Cache").Single());
        var text = await failed.Content.ReadAsStringAsync();
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains(failed.Headers.GetValues("X-Amz-Cf-Id").Single(), text, StringComparison.Ordinal);
        Assert.Equal(result, Assert.Single(edge.Facts<EdgeFunctionFailed>()).Result);
        Assert.Equal("one", await next.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("throw", 1)]
    [InlineData("forbidden", 1)]
    [InlineData("exit", 2)]
    [InlineData("hang", 2)]
    [InlineData("spin", 2)]
    public async Task Only_a_process_that_ended_or_hangs_is_replaced(string failure, int processes)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Obedient, OneSecond);

        await edge.SendAsync($"/x?{failure}");
        await edge.SendAsync("/x");

        Assert.Equal(processes, edge.Facts<EdgeProcessStarted>().Count());
        Assert.Equal(processes - 1, edge.Facts<EdgeProcessEnded>().Count());
    }

    [Fact]
    public async Task A_module_that_cannot_be_loaded_is_tried_five_times_then_not_for_ten_seconds()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("throw new Error('broken');");

        for (var i = 0; i < EdgeLimits.MaxCrashesInARow; i++)
            Assert.Contains("broken", await TextAsync(edge), StringComparison.Ordinal);
        Assert.Contains("started again in a while", await TextAsync(edge), StringComparison.Ordinal);
        Assert.Equal(EdgeLimits.MaxCrashesInARow, edge.Facts<EdgeProcessEnded>().Count());
        Assert.Single(edge.Facts<EdgeProcessesPaused>());

        edge.World.Clock.JumpBy(EdgeLimits.CrashPause);
        Assert.Contains("broken", await TextAsync(edge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_is_not_exported_is_said_to_be()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("export const other = 1;");

        Assert.Contains("index.handler is undefined", await TextAsync(edge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_origin_that_cannot_be_reached_is_502()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Obedient);
        await edge.StopOriginAsync();

        var answer = await edge.SendAsync("/x");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("Error from cloudfront", answer.Headers.GetValues("X-Cache").Single());
    }

    [Fact]
    public async Task Four_processes_at_most_run_events_at_a_time_and_no_event_is_lost()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("""
            let open = 0;
            export const handler = async ({ Records: [{ cf }] }) => {
              if (cf.response) return cf.response;
              open += 1;
              const most = open;
              await new Promise((resolve) => setTimeout(resolve, 20));
              open -= 1;
              return { status: '200', body: String(most) };
            };
            """);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
            await (await edge.SendAsync($"/{i}")).Content.ReadAsStringAsync()));

        Assert.Equal(40, answers.Length);
        Assert.All(answers, open => Assert.Equal("1", open));
        Assert.InRange(edge.Facts<EdgeProcessStarted>().Count(), 2, EdgeLimits.MaxProcesses);
    }

    [Fact]
    public async Task The_console_goes_to_the_journal_and_the_environment_is_built_from_nothing()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async ({ Records: [{ cf }] }, context) => {
              console.log(Object.keys(process.env).sort().join(' '));
              console.error('x'.repeat(5000));
              process.stdout.write('no line end');
              return { status: '200', body: JSON.stringify([context.functionVersion, context.awsRequestId,
                context.getRemainingTimeInMillis() > 4000]) };
            };
            """);

        var answer = await edge.SendAsync("/");

        var id = answer.Headers.GetValues("X-Amz-Cf-Id").Single();
        Assert.Equal($"""["1","{id}",true]""", await answer.Content.ReadAsStringAsync());
        await edge.FactAsync<EdgeLineWritten>(line =>
            line.Line == "AWS_DEFAULT_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_MEMORY_SIZE "
                + "AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_REGION LAMBDA_TASK_ROOT "
                + "LANG PATH TZ _HANDLER");
        await edge.FactAsync<EdgeLineWritten>(line => line.Line == new string('x', EdgeLimits.MaxConsoleCharacters));
    }

    [Fact]
    public async Task No_process_outlives_the_distribution()
    {
        var edge = await DistributionOnPortZero.StartAsync(Obedient);
        await edge.SendAsync("/x");
        var process = Assert.Single(edge.Facts<EdgeProcessStarted>()).Process;

        await edge.DisposeAsync();

        await Gone.WaitAsync([process], TimeSpan.FromSeconds(5));
    }

    private static string OneSecond(string template) =>
        template.Replace("Timeout: 5", "Timeout: 1", StringComparison.Ordinal);

    private static async Task<string> TextAsync(DistributionOnPortZero edge)
    {
        var answer = await edge.SendAsync("/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
