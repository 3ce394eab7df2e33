using System.Diagnostics;
using Isobar.Instrumentation.Calls;
using Isobar.Instrumentation.Lambda;
using Isobar.Local.Wire;

namespace Isobar.Functions.Tests.Instrumentation;

/// <summary>The events of this .NET's own HttpClient.</summary>
public sealed class HttpEventsTests
{
    private readonly CallLog calls = new(TimeProvider.System);
    private readonly RuntimeWatch runtime = new();

    [Fact]
    public async Task A_call_is_timed_until_its_answer_and_nothing_is_added_to_it()
    {
        var headers = new TaskCompletionSource<string[]>();
        await using var server = await ServerAsync(http =>
        {
            headers.SetResult([.. http.Request.Headers.Keys]);
            http.Response.StatusCode = 418;
            return Task.CompletedTask;
        });
        using var client = new HttpClient();
        using var watch = Watch("127.0.0.1:1");

        using var answer = await client.GetAsync(new Uri(server.Address, "/items?token=secret"));

        var call = Assert.Single(Of(server.Address));
        Assert.Equal(("GET", 418, "/items"), (call.Method, call.Status, Route.Of(call.Address)));
        Assert.True(call.Duration > TimeSpan.Zero);
        Assert.Equal(["Host"], await headers.Task);
    }

    [Fact]
    public async Task A_call_that_nobody_answers_is_a_fault()
    {
        Uri gone;
        await using (var server = await ServerAsync(_ => Task.CompletedTask)) gone = server.Address;
        using var client = new HttpClient();
        using var watch = Watch("127.0.0.1:1");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(gone));

        Assert.True(Assert.Single(Of(gone)) is { Status: 0, IsFault: true });
    }

    [Fact]
    public void An_event_that_is_not_understood_does_not_fail_the_call()
    {
        using var listener = new DiagnosticListener("HttpHandlerDiagnosticListener");
        using var watch = Watch("127.0.0.1:1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://not-understood/");

        listener.Write("System.Net.Http.Request", new { Request = request, LoggingRequestId = Guid.NewGuid() });
        listener.Write("System.Net.Http.Request", new { Request = request });
        listener.Write("System.Net.Http.Response", "nothing");

        Assert.DoesNotContain(calls.Take(out _), call => call.Address.Host == "not-understood");
    }

    [Fact]
    public async Task The_runtimes_own_calls_are_no_calls_but_tell_when_an_invocation_is_over()
    {
        await using var server = await ServerAsync(_ => Task.CompletedTask);
        using var client = new HttpClient();
        using var watch = Watch(server.Address.Authority);
        runtime.Registered();
        Assert.False(runtime.Sees);

        await client.GetAsync(new Uri(server.Address, "/2018-06-01/runtime/invocation/next"));
        Assert.True(runtime.Sees);
        await client.PostAsync(new Uri(server.Address, "/2018-06-01/runtime/invocation/id-1/response"), null);

        Assert.True(runtime.WaitForAnswer("id-1", 1, TimeSpan.FromSeconds(10)));
        Assert.Empty(Of(server.Address));
    }

    private static Task<WireServer> ServerAsync(RequestDelegate handler) =>
        WireServer.StartAsync(handler, 0, CancellationToken.None);

    // Other tests of this process make calls too.
    private IEnumerable<Call> Of(Uri server) =>
        calls.Take(out _).Where(call => call.Address.Authority == server.Authority);

    private IDisposable Watch(string runtimeApi) =>
        DiagnosticListener.AllListeners.Subscribe(new HttpListeners(new HttpEvents(runtimeApi, calls, runtime)));
}
