using System.Net;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests;

public sealed class LoopbackBypassTests
{
    private static readonly Uri Proxy = new("http://proxy.example:3128");

    private readonly LoopbackBypass bypass = new(new WebProxy(Proxy));

    [Theory]
    [InlineData("http://127.0.0.1:4580/")]
    [InlineData("http://127.0.0.2/")]
    [InlineData("http://localhost:4581/site")]
    [InlineData("http://[::1]:4580/")]
    public void An_address_of_this_machine_is_asked_directly(string address)
    {
        Assert.True(bypass.IsBypassed(new Uri(address)));
        Assert.Null(bypass.GetProxy(new Uri(address)));
    }

    [Theory]
    [InlineData("https://sqs.us-east-1.amazonaws.com/")]
    [InlineData("http://10.0.0.1:4580/")]
    [InlineData("http://localhost.example/")]
    public void Any_other_goes_through_the_proxy_that_was_set(string address)
    {
        Assert.False(bypass.IsBypassed(new Uri(address)));
        Assert.Equal(Proxy, bypass.GetProxy(new Uri(address)));
    }

    [Fact]
    public async Task A_proxy_that_was_set_is_not_asked_by_a_client_of_this_process()
    {
        // The tests install it at their start, as the program does.
        Assert.IsType<LoopbackBypass>(HttpClient.DefaultProxy);
        await using var server = await WireServer.StartAsync(_ => Task.CompletedTask, 0, CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = bypass });
        using var answer = await client.GetAsync(server.Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
