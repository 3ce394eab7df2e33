extern alias parameters;
using System.Net;
using System.Net.Sockets;
using System.Text;
using parameters::Isobar.Parameters;
using parameters::Isobar.Parameters.Caching;
using parameters::Isobar.Parameters.Serving;

namespace Isobar.Functions.Tests.Parameters;

/// <summary>The HTTP interface, over the wire.</summary>
public sealed class LocalApiTests : IDisposable
{
    private const string Token = "IQoJb3JpZ2luX2VjEXAMPLE==";
    private const string TokenHeader = "X-Aws-Parameters-Secrets-Token";

    private readonly CacheOnATestClock test = new();
    private readonly Listener listener;
    private readonly HttpClient client = new();
    private readonly int port;

    public LocalApiTests()
    {
        var log = new Log(LogLevel.Debug, test.Said.Add);
        listener = new Listener(new LocalApi(test.Cache, Token, log).AnswerAsync, test.Clock);
        port = listener.Start(0);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("IQoJb3JpZ2luX2VjEXAMPLE=", HttpStatusCode.Forbidden)]
    [InlineData("IQoJb3JpZ2luX2VjEXAMPLE==", HttpStatusCode.OK)]
    public async Task Without_the_functions_session_token_nothing_is_given_and_nothing_is_fetched(
        string? token, HttpStatusCode status)
    {
        using var answer = await GetAsync("/systemsmanager/parameters/get?name=a", token);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, test.Source.Asked.Count);
    }

    [Theory]
    [InlineData("/systemsmanager/parameters/get?name=%2Fdev%2Fa", "/dev/a", null, null, false)]
    [InlineData("/systemsmanager/parameters/get/?name=a&version=5", "a", "5", null, false)]
    [InlineData(
        "/systemsmanager/parameters/get?name=/a&label=release&withDecryption=true", "/a", null, "release", true)]
    [InlineData("/systemsmanager/parameters/get?name=a&version=5&label=release", "a", "5", null, false)]
    [InlineData("/systemsmanager/parameters/get?name=a&label=release&version=5", "a", null, "release", false)]
    [InlineData("/secretsmanager/get?secretId=mine", "mine", null, null, null)]
    [InlineData("/secretsmanager/get?secretId=mine&versionStage=AWSPREVIOUS", "mine", null, "AWSPREVIOUS", null)]
    public async Task Requests_are_read_as_AWS_documents_them(
        string target, string name, string? version, string? label, bool? decrypt)
    {
        using var answer = await GetAsync(target, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var store = target.StartsWith("/secrets", StringComparison.Ordinal) ? Store.Secrets : Store.Parameters;
        Assert.Equal(new Wanted(store, name, version, label, decrypt), Assert.Single(test.Source.Asked));
    }

    [Theory]
    [InlineData("/systemsmanager/parameters/get", HttpStatusCode.BadRequest)]
    [InlineData("/systemsmanager/parameters/get?name=a&version=x", HttpStatusCode.BadRequest)]
    [InlineData("/systemsmanager/parameters/get?name=a&withDecryption=x", HttpStatusCode.BadRequest)]
    [InlineData("/secretsmanager/get?name=a", HttpStatusCode.BadRequest)]
    [InlineData("/", HttpStatusCode.NotFound)]
    public async Task What_asks_for_nothing_is_refused(string target, HttpStatusCode status)
    {
        using var answer = await GetAsync(target, Token);
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(test.Source.Asked);
    }

    [Fact]
    public async Task A_stale_answer_says_how_stale_it_is_and_no_log_line_has_a_value()
    {
        test.Source.Answer = (_, _) => Task.FromResult(ScriptedSource.Value("sesame"));
        using (var fresh = await GetAsync("/systemsmanager/parameters/get?name=a", Token))
            Assert.False(fresh.Headers.Contains(LocalApi.StaleHeader));
        test.Source.GoAway();
        test.Clock.Advance(CacheOnATestClock.Ttl + TimeSpan.FromSeconds(7));
        using var stale = await GetAsync("/systemsmanager/parameters/get?name=a", Token);
        Assert.Equal("7", stale.Headers.GetValues(LocalApi.StaleHeader).Single());
        Assert.Equal("307", stale.Headers.GetValues("Age").Single());
        Assert.Equal("sesame", await stale.Content.ReadAsStringAsync());
        using var absent = await GetAsync("/systemsmanager/parameters/get?name=b", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, absent.StatusCode);
        Assert.Equal(2, test.Said.Count);
        Assert.DoesNotContain(test.Said, line => line.Contains("sesame") || line.Contains(Token));
    }

    [Fact]
    public async Task A_refusal_of_the_service_is_given_on_by_its_code()
    {
        test.Source.Answer = (_, _) => throw new RefusedException("ParameterNotFound");
        using var answer = await GetAsync("/systemsmanager/parameters/get?name=a", Token);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "ParameterNotFound"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n", "413")]
    [InlineData("GET / HTTP/1.1\r\nX-Aws-Parameters-Secrets-Token: a\r\nX-Aws-Parameters-Secrets-Token: b\r\n\r\n",
        "400")]
    [InlineData(null, "431")]
    public async Task A_request_that_is_malformed_or_too_large_is_refused_and_its_connection_closed(
        string? text, string status)
    {
        text ??= "GET /".PadRight(RequestReader.MaxBytes, 'x');
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var reader = new StreamReader(stream);
        Assert.StartsWith($"HTTP/1.1 {status} ", await reader.ReadLineAsync().WaitAsync(CacheOnATestClock.Bound));
    }

    [Fact]
    public async Task A_connection_over_the_bound_is_served_when_another_one_ends()
    {
        var held = new List<TcpClient>();
        for (var number = 0; number < Listener.MaxConnections; number++)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, port);
            held.Add(connection);
        }

        var over = GetAsync("/systemsmanager/parameters/get?name=a", Token);
        Assert.False(over.IsCompleted);
        foreach (var connection in held) connection.Dispose();
        using var answer = await over.WaitAsync(CacheOnATestClock.Bound);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_client_that_leaves_its_connections_open_loses_them_and_others_are_served()
    {
        var held = new List<TcpClient>();
        for (var number = 0; number < Listener.MaxConnections; number++)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, port);
            held.Add(connection);
        }

        var over = GetAsync("/systemsmanager/parameters/get?name=a", Token);
        var begun = TimeProvider.System.GetTimestamp();
        while (test.Clock.Timers().Count < Listener.MaxConnections
            && TimeProvider.System.GetElapsedTime(begun) < CacheOnATestClock.Bound) await Task.Yield();
        Assert.False(over.IsCompleted);
        test.Clock.Advance(Listener.IdleTime);
        using var answer = await over.WaitAsync(CacheOnATestClock.Bound);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (var connection in held) connection.Dispose();
    }

    public void Dispose()
    {
        client.Dispose();
        listener.Dispose();
    }

    private async Task<HttpResponseMessage> GetAsync(string target, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{target}");
        if (token is not null) request.Headers.TryAddWithoutValidation(TokenHeader, token);
        return await client.SendAsync(request);
    }
}
