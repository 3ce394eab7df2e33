using System.Net;
using System.Text;
using System.Text.Json;
using Isobar.Telemetry.Receiving;

namespace Isobar.Functions.Tests.Telemetry;

public sealed class ListenerTests : IDisposable
{
    private readonly List<string> taken = [];
    private readonly Listener listener;
    private readonly HttpClient client = new();

    public ListenerTests() => listener = new Listener(IPAddress.Loopback, delivery =>
    {
        var text = Encoding.UTF8.GetString(delivery.Span);
        taken.Add(text.StartsWith('[') ? text : throw new JsonException());
    });

    [Fact]
    public async Task Deliveries_are_acknowledged_once_they_are_taken_and_what_is_none_is_refused()
    {
        var address = new Uri($"http://127.0.0.1:{listener.Start()}/");
        using var one = await client.PostAsync(address, new StringContent("[1]"));
        using var two = await client.PostAsync(address, new StringContent("[2]"));
        using var wrong = await client.PostAsync(address, new StringContent("{}"));
        using var three = await client.PostAsync(address, new StringContent("[3]"));
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK],
            new[] { one, two, wrong, three }.Select(answer => answer.StatusCode));
        Assert.Equal(["[1]", "[2]", "[3]"], taken);
    }

    [Theory]
    [InlineData("127.0.0.1 localhost\n169.254.100.1\tsandbox sandbox.localdomain # Lambda", "169.254.100.1")]
    [InlineData("127.0.0.1 localhost\n# 10.0.0.1 sandbox.localdomain\nnonsense sandbox.localdomain", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public void The_environments_own_address_is_the_hosts_files(string hosts, string address) =>
        Assert.Equal(IPAddress.Parse(address), Sandbox.Address(hosts.Split('\n')));

    public void Dispose()
    {
        client.Dispose();
        listener.Dispose();
    }
}
